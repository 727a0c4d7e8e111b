import { connect, Socket } from 'net';
import { connect as connectTls } from 'tls';

/** What a client says of itself when it connects. */
export interface Credentials {
  readonly user?: string;
  readonly pass?: string;
  readonly auth_token?: string;
  /**
   * Whether the server refuses to publish to subjects with wildcards; official clients do not ask for that.
   * @default true
   */
  readonly pedantic?: boolean;
}

const ANSWER_MILLISECONDS = 10_000;

/**
 * A client that speaks the protocol line by line: the server answers each ping after whatever came before it, so that a refusal
 * is seen at once, and so is that there was none.
 * @see https://docs.nats.io/reference/reference-protocols/nats-protocol
 */
export class TextClient {
  /** Logs in, over TLS where a CA is given; a refusal is an error with the server's words. */
  public static async connect(url: string, credentials: Credentials = {}, { ca }: { ca?: string } = {}): Promise<TextClient> {
    const { hostname, port } = new URL(url);
    const plain = connect(Number(port), hostname);
    const client = new TextClient(ca ? await secured(plain, hostname, ca) : plain);
    const answers = await client.say(`CONNECT ${JSON.stringify({ verbose: false, ...credentials })}`);
    if (client.socket.destroyed || answers.some((answer) => answer.startsWith('-ERR'))) throw new Error(answers.join('\n'));
    return client;
  }

  private readonly lines: string[] = [];
  private rest = '';
  private wake?: () => void;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (this.rest + chunk).split('\r\n');
      this.rest = parts.pop()!;
      // The server asks, too, some time after a login.
      if (parts.includes('PING')) socket.write('PONG\r\n');
      this.lines.push(...parts.filter((line) => line !== 'PING'));
      this.wake?.();
    });
    // A connection that the server resets is closed.
    socket.on('error', () => undefined).on('close', () => this.wake?.());
    socket.setTimeout(ANSWER_MILLISECONDS, () => socket.destroy());
  }

  /** Sends lines and a ping, and gives what came before the answer to it, or before the server closed the connection. */
  public async say(...lines: string[]): Promise<string[]> {
    this.socket.write([...lines, 'PING', ''].join('\r\n'));
    while (!this.lines.includes('PONG') && !this.socket.closed) await new Promise<void>((resolve) => { this.wake = resolve; });
    const pong = this.lines.indexOf('PONG');
    const answers = this.lines.splice(0, pong < 0 ? this.lines.length : pong + 1);
    return answers.filter((line) => line !== 'PONG' && !line.startsWith('INFO '));
  }

  public close(): void {
    this.socket.destroy();
  }
}

/** The server speaks first, and in clear. */
function secured(plain: Socket, host: string, ca: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    plain.once('error', reject).once('data', () => {
      const socket = connectTls({ socket: plain, host, ca }, () => resolve(socket)).once('error', reject);
    });
  });
}
