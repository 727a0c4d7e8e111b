import { Fault } from './fault';
import { RunningPlatform } from '../running-platform';
import { Delivery, Traffic } from '../traffic';

/** What a fault did to a platform under load, and to the messages. */
export interface Outcome extends Delivery {
  /** How long it went on, in milliseconds. */
  readonly lasted: number;
  /** How long after its end all was well again, in milliseconds. */
  readonly overAfter: number;
}

/** Lets a fault happen while messages are published and read without a pause, and waits until all is well again; throws if that takes longer than it may. */
export async function trial(platform: RunningPlatform, { happen, overWithin }: Fault): Promise<Outcome> {
  const traffic = await Traffic.start((user) => platform.connect(user));
  try {
    await traffic.flows();
    const begin = Date.now();
    await happen(platform);
    const end = Date.now();
    await Promise.all([traffic.flows(overWithin), platform.isWell(overWithin)]);
    return { lasted: end - begin, overAfter: Date.now() - end, ...await traffic.end() };
  } finally {
    await traffic.stop();
  }
}
