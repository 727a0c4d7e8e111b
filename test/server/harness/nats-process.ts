import { delimiter, dirname } from 'path';
import { natsServer, NatsVersion } from './binaries';
import { Answer, httpGet } from './http-get';
import { LoggedProcess } from './logged-process';

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

/** A listener of a server. */
export type ListenerName = keyof typeof LISTENERS;

const START_MILLISECONDS = 20_000;

/** A nats-server, or a command that starts one. */
export class NatsProcess extends LoggedProcess {
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

  private constructor({ version, config = '', files = {}, env = {}, args = [], command }: NatsProcessOptions) {
    const binary = natsServer(version);
    super({
      name: 'nats-server',
      command: command ?? [binary, '-c', 'nats.conf', ...args],
      env: { PATH: [dirname(binary), process.env.PATH].join(delimiter), ...env },
      files: { 'nats.conf': config, ...files },
    });
  }

  public get clientUrl(): string {
    return `nats://${this.address('client')}`;
  }

  public get monitorUrl(): string {
    return `${/Starting https monitor/.test(this.log) ? 'https' : 'http'}://${this.address('monitor')}`;
  }

  /** Waits until the server listens, and gives host and port. */
  public async listening(listener: ListenerName): Promise<string> {
    await this.waitForLog(new RegExp(LISTENERS[listener].source));
    return this.address(listener);
  }

  /** Host and port on which the server last said that it listens. */
  public address(listener: ListenerName): string {
    const last = [...this.log.matchAll(LISTENERS[listener])].pop();
    if (!last) throw new Error(`the server has no ${listener} listener:\n${this.lastLines()}`);
    return last[1].replace('0.0.0.0', '127.0.0.1');
  }

  public async ready(): Promise<void> {
    await this.waitForLog(/Server is ready/, { timeout: START_MILLISECONDS });
  }

  /** What /healthz answers; `query` is such as `js-server-only=true`. */
  public healthz(query = ''): Promise<Answer> {
    return httpGet(`${this.monitorUrl}/healthz?${query}`);
  }
}
