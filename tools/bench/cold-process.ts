import { spawnSync } from 'child_process';
import { isDeepStrictEqual } from 'util';
import { Measurement, Meter, Program } from './measure';
import { objectCount } from './program-texts';
import { compiledContest, Contest, helmTemplate, sourceContest, written } from './programs';
import { mebibytes, milliseconds, ratio } from './units';
import { textTable } from '../../src/core/output/text-table';

const AIM = 1.3;

/** A whole process that writes the production environment, against those that write the same objects with cdk8s alone, and against helm. */
export function coldProcess(meter: Meter, folder: string, runs: number): string {
  const source = sourceContest(folder);
  const compiled = compiledContest(folder);
  const objects = outcome(meter, source);
  if (!objects) throw new Error('the programs without this library do not write what this library writes');
  const contests = compiled && isDeepStrictEqual(outcome(meter, compiled), objects) ? [source, compiled] : [source];
  const { chart, leftOut } = helmChart();
  const helm = chart ? [helmTemplate(folder, chart)] : [];
  const medians = meter.alternate([...contests.flatMap(({ ours, rivals }) => [ours, ...rivals]), ...helm], runs);
  const rows = [
    ...contests.flatMap(({ ours, rivals }) => [row(ours, medians), ...rivals.map((rival) => row(rival, medians, ours, `<= ${AIM} x`))]),
    ...helm.map((program) => row(program, medians, source.ours)),
  ];
  return [
    `A cold process that writes the ${objectCount()} objects of the production environment: medians of ${runs} runs in turn, files cached`,
    textTable([['', 'time', 'this library', 'aim', 'peak memory', 'this library'], ...rows]).trimEnd(),
    ...contests.length === 1 ? ['the compiled library is left out: lib/ is not what src/ says (npm run compile)'] : [],
    ...leftOut ? [`helm template is left out: ${leftOut}`] : [],
    '',
  ].join('\n');
}

/** Runs each program once, which also fills the caches of the disk and of tsx; what they write, if they all write the same. */
function outcome(meter: Meter, { ours, rivals }: Contest): string[] | undefined {
  for (const program of [ours, ...rivals]) meter.run(program);
  const objects = written(ours);
  return rivals.every((rival) => isDeepStrictEqual(written(rival), objects)) ? objects : undefined;
}

/** The chart for `helm template`, or why there is none. */
function helmChart(): { readonly chart?: string; readonly leftOut?: string } {
  const chart = process.env.NATS_CHART;
  if (!chart) return { leftOut: 'NATS_CHART does not name a folder with the chart' };
  return spawnSync('helm', ['version']).error ? { leftOut: 'helm is not on PATH' } : { chart };
}

/** A program, and how this library compares with it. */
function row(program: Program, medians: Map<Program, Measurement>, ours: Program = program, aim: string = ''): string[] {
  const [it, own] = [medians.get(program)!, medians.get(ours)!];
  const compared = (a?: number, b?: number) => program === ours || !a || !b ? '' : ratio(a, b);
  return [
    program.name, milliseconds(it), compared(own.milliseconds, it.milliseconds), aim, mebibytes(it), compared(own.peakMebibytes, it.peakMebibytes),
  ];
}
