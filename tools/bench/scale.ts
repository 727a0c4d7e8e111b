import { Meter } from './measure';
import { manyClusters } from './programs';
import { mebibytes, milliseconds, ratio } from './units';
import { textTable } from '../../src/core/output/text-table';

const AIM = 11;

/** How time grows with the number of clusters. */
export function scale(meter: Meter, folder: string, runs: number): string {
  const programs = [100, 1000].map((count) => manyClusters(folder, count));
  const medians = meter.alternate(programs, runs);
  const [few, many] = programs.map((program) => medians.get(program)!);
  return [
    `Clusters with an exporter, each in a chart of its own, made and written by Dist.write: medians of ${runs} processes, their start left out`,
    textTable([
      ['', 'time', 'growth', 'aim', 'peak memory'],
      [programs[0].name, milliseconds(few), '', '', mebibytes(few)],
      [programs[1].name, milliseconds(many), ratio(many.milliseconds, few.milliseconds), `<= ${AIM} x`, mebibytes(many)],
    ]),
  ].join('\n');
}
