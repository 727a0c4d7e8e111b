/** Benchmarks as ratios within one run: a cold process against plain cdk8s and helm, ten times as many clusters, and many streams. Nothing fails for being slow. */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseArgs } from 'util';
import { coldProcess } from './cold-process';
import { Meter } from './measure';
import { scale } from './scale';
import { streamScale } from './stream-scale';

const { values: { quick } } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
try {
  const meter = new Meter(folder);
  console.log(coldProcess(meter, folder, quick ? 3 : 11));
  console.log(scale(meter, folder, quick ? 1 : 3));
  console.log(streamScale(meter, folder, quick ? [500, 1000] : [1000, 10_000, 20_000]));
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
