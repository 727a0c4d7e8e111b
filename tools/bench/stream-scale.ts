import { Meter } from './measure';
import { manyStreams, plainStreams } from './programs';
import { mebibytes, milliseconds, ratio } from './units';
import { textTable } from '../../src/core/output/text-table';

const AIM = 1.25;
const GROWTH_AIM = 2.2;

/** How long many streams with two consumers and ten subjects each take, beside the same objects made with cdk8s and L1s alone. */
export function streamScale(meter: Meter, folder: string, counts: number[]): string {
  const programs = counts.map((count) => [manyStreams(folder, count), plainStreams(folder, count)]);
  const rows = programs.map((both) => both.map((program) => ({ program, measured: meter.run(program) })));
  return [
    'Streams with two consumers and ten subjects each, all rules on, made and written: one process each, its start left out',
    textTable([
      ['', 'time', 'this library', 'aim', 'growth', 'aim', 'peak memory'],
      ...rows.flatMap(([ours, plain], index) => [
        [
          ours.program.name, milliseconds(ours.measured), ratio(ours.measured.milliseconds, plain.measured.milliseconds), `<= ${AIM} x`,
          ...index === 0 ? ['', ''] : [
            ratio(ours.measured.milliseconds, rows[index - 1][0].measured.milliseconds), counts[index] / counts[index - 1] === 2 ? `<= ${GROWTH_AIM} x` : '',
          ],
          mebibytes(ours.measured),
        ],
        [plain.program.name, milliseconds(plain.measured), '', '', '', '', mebibytes(plain.measured)],
      ]),
    ]),
  ].join('\n');
}
