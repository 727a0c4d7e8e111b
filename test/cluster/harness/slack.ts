import { createServer, IncomingMessage, RequestListener, Server } from 'http';
import { createServer as createTlsServer } from 'https';
import { AddressInfo, connect, Socket } from 'net';
import { certificates } from '../../server/harness/certificates';
import { Manifest } from '../../support';

const HOST = 'slack.com';
const API_PATH = '/api/chat.postMessage';

/** A message that Slack has taken. */
export interface SlackMessage {
  /** Channel of a bot's message, or path of the webhook. */
  readonly target: string;
  readonly payload: Manifest;
}

const servers: Server[] = [];
const sockets = new Set<Socket>();
if (typeof afterAll === 'function') {
  afterAll(() => {
    for (const server of servers) server.close();
    for (const socket of sockets) socket.destroy();
  });
}

/** Plays Slack: the method `chat.postMessage` at its own address, reached through a proxy, and incoming webhooks at an address of this machine. */
export class SlackEndpoint {
  public static async start(token: string): Promise<SlackEndpoint> {
    const slack = new SlackEndpoint(token);
    const { cert, key } = slack.issued.server;
    slack.apiPort = await listening(createTlsServer({ cert, key }, slack.answering((request, body) => slack.api(request, body))));
    slack.webhookPort = await listening(createServer(slack.answering((request, body) => slack.plain(request, body))));
    const proxy = createServer((_, response) => response.writeHead(405).end());
    proxy.on('connect', (request: IncomingMessage, client: Socket) => slack.tunnel(request, client));
    slack.proxyPort = await listening(proxy);
    return slack;
  }

  /** What was taken, in the order in which it came. */
  public readonly messages: SlackMessage[] = [];
  private readonly issued = certificates({ ca: {}, server: { issuer: 'ca', dnsNames: [HOST], usages: ['server'] } });
  private apiPort = 0;
  private webhookPort = 0;
  private proxyPort = 0;

  private constructor(private readonly token: string) {}

  /** What a process needs to take this for Slack. */
  public get environment(): { [name: string]: string } {
    return { HTTPS_PROXY: `http://127.0.0.1:${this.proxyPort}`, SSL_CERT_FILE: 'slack-ca.crt' };
  }

  /** The files that go with it. */
  public get files(): { [path: string]: string } {
    return { 'slack-ca.crt': this.issued.ca.cert };
  }

  /** Where this takes the messages of bots for whoever asks no proxy. */
  public get apiUrl(): string {
    return this.webhookUrl(API_PATH);
  }

  /** The URL of an incoming webhook. */
  public webhookUrl(path: string): string {
    return `http://127.0.0.1:${this.webhookPort}${path}`;
  }

  /** The texts of a channel, or of a webhook, in the order in which they came. */
  public textsOf(target: string): string[] {
    return this.messages.filter((message) => message.target === target).map(({ payload }) => payload.attachments?.[0].text ?? payload.message);
  }

  private answering(answer: (request: IncomingMessage, body: Manifest) => { status: number; body: object }): RequestListener {
    return (request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => {
        const { status, body } = answer(request, JSON.parse(text));
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    };
  }

  /** Slack says always 200, and in the body whether it is so. */
  private api(request: IncomingMessage, payload: Manifest): { status: number; body: object } {
    const { authorization } = request.headers;
    if (request.url !== API_PATH) return refused(404, `there is no ${request.url}`);
    if (authorization === undefined) return refused(200, 'not_authed');
    if (authorization !== `Bearer ${this.token}`) return refused(200, 'invalid_auth');
    if (!payload.channel) return refused(200, 'channel_not_found');
    return this.taken(payload.channel, payload);
  }

  private plain(request: IncomingMessage, payload: Manifest): { status: number; body: object } {
    return request.url === API_PATH ? this.api(request, payload) : this.webhook(request, payload);
  }

  private webhook(request: IncomingMessage, payload: Manifest): { status: number; body: object } {
    return request.url!.startsWith('/services/') ? this.taken(request.url!, payload) : refused(404, 'no_service');
  }

  private taken(target: string, payload: Manifest): { status: number; body: object } {
    this.messages.push({ target, payload });
    return { status: 200, body: { ok: true } };
  }

  private tunnel(request: IncomingMessage, client: Socket): void {
    if (request.url !== `${HOST}:443`) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const server = connect(this.apiPort, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    server.pipe(client).pipe(server);
  }
}

function refused(status: number, error: string): { status: number; body: object } {
  return { status, body: { ok: false, error } };
}

function listening(server: Server): Promise<number> {
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
