import { randomUUID } from 'crypto';
import { jetstream } from '@nats-io/jetstream';
import { NatsConnection } from '@nats-io/transport-node';
import { eventually } from '../../server/harness/eventually';

const PUBLISHERS = 5;
/** Between the messages of a publisher, so that a test takes a few thousand, not a hundred thousand. */
const PAUSE_MILLISECONDS = 20;
/** A pull that a server took with it is noticed when two heartbeats are missed, of which there are two in this time; without it, that takes half a minute. */
const PULL_MILLISECONDS = 5000;
const LAST_MESSAGES_MILLISECONDS = 60_000;

/** What became of the messages. */
export interface Delivery {
  /** How many the servers have said that they keep. */
  readonly acknowledged: number;
  /** Those of them that nobody has read in the end. */
  readonly lost: string[];
  /** Those that the stream holds more than once. */
  readonly storedTwice: string[];
  /** How many were delivered again, as happens where a reader has not said that it has read. */
  readonly readAgain: number;
  /** How long at most one publisher was without an acknowledgement, in milliseconds. */
  readonly publishPause: number;
  /** How long at most the reader was without a message, in milliseconds. */
  readonly readPause: number;
  /** How often the clients have connected anew. */
  readonly reconnects: number;
}

const all = new Set<Traffic>();
if (typeof afterAll === 'function') afterAll(() => Promise.all([...all].map((traffic) => traffic.stop())));

/** Orders that shops publish without a pause and that billing reads, each as its grants allow, whatever happens to the servers meanwhile. */
export class Traffic {
  /** @param connect gives a connection of a user, which lasts */
  public static async start(connect: (user: string) => Promise<NatsConnection>): Promise<Traffic> {
    const [billing, ...shops] = await Promise.all(['billing', ...Array.from({ length: PUBLISHERS }, () => 'shop')].map(connect));
    return new Traffic(shops.map((shop) => new Publisher(shop)), billing);
  }

  /** The message that each place of the stream holds. */
  private readonly stored = new Map<number, string>();
  private readonly received = new Set<string>();
  private readonly pauses = new Pauses();
  private readonly work: Promise<unknown>;
  private deliveries = 0;
  private reconnects = 0;

  private constructor(private readonly publishers: Publisher[], private readonly billing: NatsConnection) {
    all.add(this);
    const counting = [billing, ...publishers.map(({ connection }) => connection)].map((connection) => this.countReconnects(connection));
    this.work = Promise.all([...publishers.map((publisher) => publisher.work()), this.read(), ...counting]);
  }

  /** Waits until each publisher has had more messages acknowledged, and as many have been read. */
  public async flows(milliseconds: number = LAST_MESSAGES_MILLISECONDS, messages: number = 20): Promise<void> {
    const now = () => [this.received.size / PUBLISHERS, ...this.publishers.map(({ acknowledged }) => acknowledged.size)];
    const wanted = now().map((count) => count + messages);
    await eventually(async () => now(), (counts) => counts.every((count, index) => count >= wanted[index]), milliseconds);
  }

  /** Ends the publishing, and tells what became of the messages. */
  public async end(): Promise<Delivery> {
    await Promise.all(this.publishers.map((publisher) => publisher.end()));
    const acknowledged = this.publishers.flatMap((publisher) => [...publisher.acknowledged]);
    const missing = () => acknowledged.filter((id) => !this.received.has(id));
    await eventually(async () => missing().length, (count) => count === 0, LAST_MESSAGES_MILLISECONDS).catch(() => undefined);
    await this.stop();
    const places = [...this.stored.values()];
    return {
      acknowledged: acknowledged.length,
      lost: missing(),
      storedTwice: places.length === this.received.size ? [] : places.filter((id, index) => places.indexOf(id) !== index),
      readAgain: this.deliveries - this.stored.size,
      publishPause: Math.max(...this.publishers.map(({ pauses }) => pauses.longest)),
      readPause: this.pauses.longest,
      reconnects: this.reconnects,
    };
  }

  /** Ends it at once. */
  public async stop(): Promise<void> {
    all.delete(this);
    await Promise.all([this.billing.close(), ...this.publishers.map((publisher) => publisher.stop())]);
    await this.work;
  }

  /** Reads until its connection is closed; what breaks off begins anew. */
  private async read(): Promise<void> {
    while (!this.billing.isClosed()) {
      try {
        const consumer = await jetstream(this.billing).consumers.get('orders', 'invoicing');
        for await (const message of await consumer.consume({ expires: PULL_MILLISECONDS })) {
          message.ack();
          this.take(message.seq, message.string());
        }
      } catch {
        await this.billing.flush().catch(() => undefined);
      }
    }
  }

  private take(place: number, id: string): void {
    // Of another's traffic something may still be delivered again.
    if (!this.publishers.some(({ name }) => id.startsWith(name))) return;
    this.deliveries++;
    this.pauses.end();
    this.stored.set(place, id);
    this.received.add(id);
  }

  private async countReconnects(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) if (type === 'reconnect') this.reconnects++;
  }
}

/** A shop, which publishes one message after the other. */
class Publisher {
  public readonly acknowledged = new Set<string>();
  public readonly pauses = new Pauses();
  /** Which no other has within the stream's window for duplicates. */
  public readonly name = randomUUID();
  private ending = false;
  private working: Promise<void> = Promise.resolve();

  constructor(public readonly connection: NatsConnection) {}

  public work(): Promise<void> {
    this.working = this.publish();
    return this.working;
  }

  /** Ends after the answer that is under way. */
  public end(): Promise<void> {
    this.ending = true;
    return this.working;
  }

  /** Ends at once. */
  public async stop(): Promise<void> {
    this.ending = true;
    await this.connection.close();
  }

  /** Repeats a message under the same id until it is acknowledged. */
  private async publish(): Promise<void> {
    const js = jetstream(this.connection);
    for (let next = 0; !this.ending; next++) {
      const id = `${this.name}-${next}`;
      while (!this.acknowledged.has(id) && !this.ending) {
        await js.publish(`orders.${id}.paid`, id, { msgID: id, timeout: 2000 }).then(() => this.acknowledge(id), () => undefined);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  }

  private acknowledge(id: string): void {
    this.acknowledged.add(id);
    this.pauses.end();
  }
}

/** The times between what happens again and again. */
class Pauses {
  /** In milliseconds. */
  public longest = 0;
  private last = Date.now();

  public end(): void {
    this.longest = Math.max(this.longest, Date.now() - this.last);
    this.last = Date.now();
  }
}
