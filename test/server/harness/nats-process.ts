import { ChildProcess, spawn } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, dirname, join } from 'path';
import { natsServer, NatsVersion } from './binaries';
import { Answer, httpGet } from './http-get';

export interface NatsProcessOptions {
  /** @default '2.14.2' */
  readonly version?: NatsVersion;
  /** The text of nats.conf. With ports -1 the server takes free ones. */
  readonly config?: string;
  /** More files, by their path from the folder of nats.conf. */
  readonly files?: { readonly [path: string]: string };
  /** The whole environment, but for PATH, on which the server stands first, and TMPDIR. */
  readonly env?: { readonly [name: string]: string };
  /** More arguments for the server. */
  readonly args?: readonly string[];
  /** A command to run in place of `nats-server -c nats.conf`, in the folder of nats.conf. */
  readonly command?: readonly string[];
}

export interface NatsExit {
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

/** What a server says when it listens, by the listener. */
const LISTENERS = {
  client: /Listening for client connections on (\S+)/g,
  monitor: /Starting https? monitor on (\S+)/g,
  route: /Listening for route connections on (\S+)/g,
  gateway: /Listening for gateways connections on (\S+)/g,
  leafnode: /Listening for leafnode connections on (\S+)/g,
  websocket: /Listening for websocket clients on wss?:\/\/(\S+)/g,
  mqtt: /Listening for MQTT clients on \S*?:\/\/(\S+)/g,
};

const START_MILLISECONDS = 20_000;
const ANSWER_MILLISECONDS = 10_000;
const LAST_LINES = 25;

const running = new Set<NatsProcess>();
// The tests of a file end with its servers; a script has no afterAll and stops its own.
if (typeof afterAll === 'function') afterAll(() => Promise.all([...running].map((server) => server.stop())));

/** A nats-server, or a command that starts one, in a folder of its own. */
export class NatsProcess {
  /** Starts a server and waits until it is ready. If it exits instead, the error has the last lines of its log. */
  public static async start(options: NatsProcessOptions): Promise<NatsProcess> {
    const server = new NatsProcess(options);
    await server.ready();
    return server;
  }

  /** Starts a server that may refuse to run: `ready` or `exit` tells. */
  public static spawn(options: NatsProcessOptions): NatsProcess {
    return new NatsProcess(options);
  }

  /** The folder of nats.conf, where the process runs; it goes when the process has ended. */
  public readonly folder = mkdtempSync(join(tmpdir(), 'nats-'));
  /** How the process ended. */
  public readonly exit: Promise<NatsExit>;
  private readonly child: ChildProcess;
  private readonly watchers = new Set<() => void>();
  private text = '';
  private ended?: NatsExit;

  private constructor({ version, config = '', files = {}, env = {}, args = [], command }: NatsProcessOptions) {
    const binary = natsServer(version);
    for (const [path, content] of Object.entries({ 'nats.conf': config, ...files })) this.write(path, content);
    const [program, ...rest] = command ?? [binary, '-c', 'nats.conf', ...args];
    this.child = spawn(program, rest, {
      cwd: this.folder,
      env: { PATH: [dirname(binary), process.env.PATH].join(delimiter), TMPDIR: this.folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(this);
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => this.append(chunk));
    }
    this.exit = this.watchExit();
  }

  /** What the process has written to its outputs so far. */
  public get log(): string {
    return this.text;
  }

  public get clientUrl(): string {
    return `nats://${this.address('client')}`;
  }

  public get monitorUrl(): string {
    return `${/Starting https monitor/.test(this.text) ? 'https' : 'http'}://${this.address('monitor')}`;
  }

  /** Host and port on which the server last said that it listens. */
  public address(listener: keyof typeof LISTENERS): string {
    const last = [...this.text.matchAll(LISTENERS[listener])].pop();
    if (!last) throw new Error(`the server has no ${listener} listener:\n${this.lastLines()}`);
    return last[1].replace('0.0.0.0', '127.0.0.1');
  }

  /** Writes a file into the server's folder. */
  public write(path: string, content: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  public async ready(): Promise<void> {
    await this.waitForLog(/Server is ready/, { timeout: START_MILLISECONDS });
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
        else if (this.ended) fail(`nats-server exited with ${this.ended.code ?? this.ended.signal}`);
      };
      const timer = setTimeout(() => fail(`${timeout} ms went by`), timeout);
      this.watchers.add(watch);
      watch();
    });
  }

  /** What /healthz answers; `query` is such as `js-server-only=true`. */
  public healthz(query = ''): Promise<Answer> {
    return httpGet(`${this.monitorUrl}/healthz?${query}`);
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
  public async stop(): Promise<NatsExit> {
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.kill(), ANSWER_MILLISECONDS);
    const end = await this.exit;
    clearTimeout(timer);
    return end;
  }

  private watchExit(): Promise<NatsExit> {
    return new Promise((resolve) => {
      const settle = (end: NatsExit) => {
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

  private lastLines(): string {
    return this.text.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
  }
}

/** Kills a process and its children when this process ends in whatever way; inside Jest, no exit handler is called. */
function guardFor(pid: number): ChildProcess {
  return spawn('sh', ['-c', `read line || kill -KILL -${pid}`], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
}
