import { connect, NatsConnection, RequestError } from '@nats-io/transport-node';
import { eventually } from './eventually';
import { NatsProcess } from './nats-process';

/** A request to JetStream: what NACK would send. */
export interface ApiRequest {
  readonly subject: string;
  readonly body: unknown;
}

/** Why the server refuses a request. */
export interface ApiError {
  readonly code: number;
  readonly err_code: number;
  readonly description: string;
}

/** What is no verdict on a configuration: the server cannot answer now. */
const UNAVAILABLE = [10008, 10041];

/** Neither is this: the folder of a stream of this name, which was deleted just now, is still being emptied. */
const STORE_BUSY = 'error creating store for stream';

const ANSWER_MILLISECONDS = 20_000;
const START_MILLISECONDS = 60_000;

/** JetStream of one account, asked in its own words. */
export class JetStreamApi {
  public static async connect(servers: readonly NatsProcess[], user?: string): Promise<JetStreamApi> {
    return new JetStreamApi(await connect({ servers: servers.map(({ clientUrl }) => clientUrl), ...user ? { user, pass: user } : {} }));
  }

  private constructor(private readonly client: NatsConnection) {}

  /** Undefined if the server does what it is asked. */
  public ask(request: ApiRequest): Promise<ApiError | undefined> {
    return eventually(() => this.askOnce(request), (error) => error?.description !== STORE_BUSY);
  }

  /** Asks for what the server must not refuse, unless with one of these answers. */
  public async must(request: ApiRequest, unless: readonly number[] = []): Promise<void> {
    const error = await this.ask(request);
    if (error && !unless.includes(error.err_code)) throw new Error(`${request.subject} ${JSON.stringify(request.body)}: ${error.err_code} ${error.description}`);
  }

  /** Waits until a cluster that has just started has a leader, and all its servers know where answers to this connection go: until then some are lost. */
  public async untilAnswered(): Promise<void> {
    const info = () => this.client.request('$JS.API.INFO', '', { timeout: 500 }).then(() => true, () => false);
    await eventually(info, (answered) => answered, START_MILLISECONDS);
  }

  /** Publishes a message, and tells whether a stream keeps it. */
  public publish(subject: string): Promise<boolean> {
    return this.client.request(subject, '', { timeout: ANSWER_MILLISECONDS }).then(() => true, isUnheard);
  }

  /** Publishes a message again and again, without waiting for answers, and gives how many messages the stream then has. */
  public async fill(stream: string, subject: string, count: number): Promise<number> {
    for (let index = 0; index < count; index++) this.client.publish(subject, 'x'.repeat(20));
    await this.client.flush();
    return this.messagesIn(stream);
  }

  /** How many messages a stream has. */
  public async messagesIn(stream: string): Promise<number> {
    const answer = await this.client.request(`$JS.API.STREAM.INFO.${stream}`, '', { timeout: ANSWER_MILLISECONDS });
    return answer.json<{ state: { messages: number } }>().state.messages;
  }

  /** The configuration of a stream, or of one of its consumers. */
  public async configOf(stream: string, consumer?: string): Promise<object> {
    const subject = consumer === undefined ? `$JS.API.STREAM.INFO.${stream}` : `$JS.API.CONSUMER.INFO.${stream}.${consumer}`;
    return (await this.client.request(subject, '', { timeout: ANSWER_MILLISECONDS })).json<{ config: object }>().config;
  }

  public close(): Promise<void> {
    return this.client.close();
  }

  private async askOnce({ subject, body }: ApiRequest): Promise<ApiError | undefined> {
    const answer = await this.client.request(subject, JSON.stringify(body), { timeout: ANSWER_MILLISECONDS });
    const { error } = answer.json<{ error?: ApiError }>();
    if (error && UNAVAILABLE.includes(error.err_code)) throw new Error(`${subject}: ${error.description}`);
    return error;
  }
}

/** Not, if there is nobody to answer; another error is one. */
function isUnheard(error: Error): false {
  if (error instanceof RequestError && error.isNoResponders()) return false;
  throw error;
}
