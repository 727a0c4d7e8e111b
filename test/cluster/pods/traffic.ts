import { randomUUID } from 'crypto';
import { jetstream, JetStreamClient } from '@nats-io/jetstream';
import { connect, ConnectionOptions, NatsConnection } from '@nats-io/transport-node';
import { eventually } from '../../server/harness/eventually';

const PUBLISHERS = 5;
/** Between the messages of a publisher, so that a test takes a few thousand, not a hundred thousand. */
const PAUSE_MILLISECONDS = 20;

const all = new Set<Traffic>();
if (typeof afterAll === 'function') afterAll(() => Promise.all([...all].map((traffic) => traffic.stop())));

/** Orders that the shop publishes without a pause and that billing reads, each as its grants allow, whatever happens to the servers meanwhile. */
export class Traffic {
  public static async start(options: ConnectionOptions): Promise<Traffic> {
    // The JavaScript client would give up at the second refusal in its life, which a reload gives whoever has not yet said who it is.
    const lasting = { ...options, reconnectTimeWait: 100, maxReconnectAttempts: -1, ignoreAuthErrorAbort: true };
    const [shop, billing] = await Promise.all(['shop', 'billing'].map((user) => connect({ ...lasting, user, pass: 'secret', inboxPrefix: `_INBOX_${user}` })));
    const traffic = new Traffic(shop, billing);
    traffic.work = Promise.all([...Array.from({ length: PUBLISHERS }, () => traffic.publish(jetstream(shop))), traffic.read(jetstream(billing))]);
    return traffic;
  }

  /** What the servers have said that they keep. */
  public readonly acknowledged = new Set<string>();
  private readonly received = new Set<string>();
  private readonly name = randomUUID();
  private work: Promise<unknown> = Promise.resolve();
  private next = 0;
  private ending = false;

  private constructor(private readonly shop: NatsConnection, private readonly billing: NatsConnection) {
    all.add(this);
  }

  /** Waits until some more messages have been acknowledged and read. */
  public async flows(messages: number = 100): Promise<void> {
    const [acknowledged, received] = [this.acknowledged.size + messages, this.received.size + messages];
    await eventually(async () => [this.acknowledged.size, this.received.size], ([a, b]) => a >= acknowledged && b >= received, 60_000);
  }

  /** Ends the publishing, and gives the acknowledged messages that nobody has read in the end: none, if nothing was lost. */
  public async end(): Promise<string[]> {
    this.ending = true;
    const missing = () => [...this.acknowledged].filter((id) => !this.received.has(id));
    await eventually(async () => missing().length, (count) => count === 0, 60_000).catch(() => undefined);
    await this.stop();
    return missing();
  }

  /** Ends it at once. */
  public async stop(): Promise<void> {
    this.ending = true;
    all.delete(this);
    await Promise.all([this.shop, this.billing].map((connection) => connection.close()));
    await this.work;
  }

  /** Repeats a message under the same id until it is acknowledged. */
  private async publish(js: JetStreamClient): Promise<void> {
    while (!this.ending) {
      // Traffic of another test may be within the stream's window for duplicates.
      const id = `${this.name}-${this.next++}`;
      while (!this.acknowledged.has(id) && !this.ending) {
        await js.publish(`orders.${id}.paid`, id, { msgID: id, timeout: 2000 }).then(() => this.acknowledged.add(id), () => undefined);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  }

  /** Reads until its connection is closed; what breaks off begins anew. */
  private async read(js: JetStreamClient): Promise<void> {
    while (!this.billing.isClosed()) {
      try {
        const consumer = await js.consumers.get('orders', 'invoicing');
        for await (const message of await consumer.consume()) {
          this.received.add(message.string());
          message.ack();
        }
      } catch {
        await this.billing.flush().catch(() => undefined);
      }
    }
  }
}
