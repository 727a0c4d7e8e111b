import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

/** A program to measure. */
export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: string[];
  /** The folder into which it writes. */
  readonly outdir: string;
  /** Whether it runs in Node, where its peak memory can be asked for. */
  readonly isNode: boolean;
  /** Whether it prints its own milliseconds; else they are those of its process, from start to end. */
  readonly timesItself?: boolean;
}

export interface Measurement {
  readonly milliseconds: number;
  /** Not known of programs that do not run in Node. */
  readonly peakMebibytes?: number;
}

const PEAK_REPORTER = 'process.on("exit", () => require("fs").writeFileSync(process.env.PEAK_FILE, `${process.resourceUsage().maxRSS}`));\n';

/** Runs programs in a folder. */
export class Meter {
  private readonly reporter: string;
  private readonly peakFile: string;

  constructor(private readonly folder: string) {
    this.reporter = path.join(folder, 'report-peak.cjs');
    this.peakFile = path.join(folder, 'peak-kibibytes');
    fs.writeFileSync(this.reporter, PEAK_REPORTER);
  }

  public run({ name, command, args, outdir, isNode, timesItself }: Program): Measurement {
    const env = { ...process.env, CDK8S_OUTDIR: outdir, PEAK_FILE: this.peakFile };
    const allArgs = isNode ? ['--require', this.reporter, ...args] : args;
    const start = process.hrtime.bigint();
    const { status, error, stdout, stderr } = spawnSync(command, allArgs, { cwd: this.folder, env, encoding: 'utf8', maxBuffer: 2 ** 26 });
    const elapsed = Number(process.hrtime.bigint() - start) / 1e6;
    if (status !== 0) throw new Error(`${name} failed: ${error ?? stderr}`);
    return {
      milliseconds: timesItself ? Number(stdout) : elapsed,
      peakMebibytes: isNode ? Number(fs.readFileSync(this.peakFile, 'utf8')) / 1024 : undefined,
    };
  }

  /** The medians of each program. They take turns, so that whatever else the machine does meets all of them. */
  public alternate(programs: Program[], runs: number): Map<Program, Measurement> {
    const rounds = Array.from({ length: runs }, () => programs.map((program) => this.run(program)));
    return new Map(programs.map((program, index) => [program, middle(rounds.map((round) => round[index]))]));
  }
}

function middle(measurements: Measurement[]): Measurement {
  const peaks = measurements.flatMap(({ peakMebibytes }) => peakMebibytes ?? []);
  return { milliseconds: median(measurements.map(({ milliseconds }) => milliseconds)), peakMebibytes: peaks.length > 0 ? median(peaks) : undefined };
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}
