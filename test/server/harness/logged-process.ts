import { ChildProcess, spawn } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';

export interface LoggedProcessOptions {
  /** What errors call it. */
  readonly name: string;
  /** The program and its arguments, run in the folder of the process. */
  readonly command: readonly string[];
  /** The whole environment, but for TMPDIR. */
  readonly env: { readonly [name: string]: string };
  /** Files, by their path from the folder of the process. */
  readonly files?: { readonly [path: string]: string };
}

export interface ProcessExit {
  /** Exit code, or null if a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface WaitOptions {
  /** A length that the log had; what was written before does not count. */
  readonly since?: number;
  /** In milliseconds. */
  readonly timeout?: number;
}

const ANSWER_MILLISECONDS = 10_000;
const LAST_LINES = 25;

const running = new Set<LoggedProcess>();
// The tests of a file end with its processes; a script has no afterAll and stops its own.
if (typeof afterAll === 'function') afterAll(() => Promise.all([...running].map((process) => process.stop())));

/** A process in a folder of its own, whose output is kept. */
export class LoggedProcess {
  /** The folder where the process runs; it goes when the process has ended. */
  public readonly folder = mkdtempSync(join(tmpdir(), 'process-'));
  /** How the process ended. */
  public readonly exit: Promise<ProcessExit>;
  private readonly name: string;
  private readonly child: ChildProcess;
  private readonly watchers = new Set<() => void>();
  private text = '';
  private ended?: ProcessExit;

  constructor({ name, command, env, files = {} }: LoggedProcessOptions) {
    this.name = name;
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    const [program, ...args] = command;
    this.child = spawn(program, args, { cwd: this.folder, env: { TMPDIR: this.folder, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    running.add(this);
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => this.append(chunk));
    }
    this.exit = this.watchExit();
  }

  /** The number of the process; undefined if it could not be started. */
  public get pid(): number | undefined {
    return this.child.pid;
  }

  /** What the process has written to its outputs so far. */
  public get log(): string {
    return this.text;
  }

  /** Writes a file into the folder of the process. */
  public write(path: string, content: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  /** Waits for a text in the log. */
  public waitForLog(pattern: RegExp, { since = 0, timeout = ANSWER_MILLISECONDS }: WaitOptions = {}): Promise<RegExpMatchArray> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        this.watchers.delete(watch);
        settle();
      };
      const fail = (reason: string) => finish(() => reject(new Error(`${reason} before it logged ${pattern}:\n${this.lastLines()}`)));
      const watch = () => {
        const match = this.text.slice(since).match(pattern);
        if (match) finish(() => resolve(match));
        else if (this.ended) fail(`${this.name} exited with ${this.ended.code ?? this.ended.signal}`);
      };
      const timer = setTimeout(() => fail(`${timeout} ms went by`), timeout);
      this.watchers.add(watch);
      watch();
    });
  }

  public signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Ends the process and whatever it started, at once. */
  public kill(): void {
    try {
      process.kill(-this.child.pid!, 'SIGKILL');
    } catch {
      // Nothing of the group is left.
    }
  }

  /** Ends the process: asks first, and kills if that takes too long. */
  public async stop(): Promise<ProcessExit> {
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.kill(), ANSWER_MILLISECONDS);
    const end = await this.exit;
    clearTimeout(timer);
    return end;
  }

  private watchExit(): Promise<ProcessExit> {
    return new Promise((resolve) => {
      const settle = (end: ProcessExit) => {
        this.ended = end;
        running.delete(this);
        rmSync(this.folder, { recursive: true, force: true });
        this.append('');
        resolve(end);
      };
      this.child.on('error', (error) => {
        this.append(`${error}\n`);
        settle({ code: null, signal: null });
      });
      if (!this.child.pid) return;
      const guard = guardFor(this.child.pid);
      this.child.on('exit', () => {
        guard.stdin!.end('\n');
        // A shell that did not exec the server leaves it behind.
        this.kill();
      });
      this.child.on('close', (code, signal) => settle({ code, signal }));
    });
  }

  private append(chunk: string): void {
    this.text += chunk;
    for (const watch of [...this.watchers]) watch();
  }

  protected lastLines(): string {
    return this.text.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
  }
}

/** Kills a process and its children when this process ends in whatever way; inside Jest, no exit handler is called. */
function guardFor(pid: number): ChildProcess {
  return spawn('sh', ['-c', `read line || kill -KILL -${pid}`], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
}
