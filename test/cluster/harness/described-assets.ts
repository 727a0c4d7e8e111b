import { ConsumerInfo, JetStreamManager, StreamInfo } from '@nats-io/jetstream';
import { consumerOnServer, streamOnServer } from '../../../src/change/server-defaults';
import { AccountAssets } from '../../../src/jetstream/assets/account-assets';
import { consumerBody } from '../../server/harness/jetstream-consumer-requests';
import { plain } from '../../server/harness/plain';
import { streamBody } from '../../server/harness/stream-body';

/** Whole configurations in the words of the server, by the name of the stream, or of the stream and the consumer. */
export type Configurations = { readonly [asset: string]: unknown };

/** All streams and consumers of an account, those of buckets among them, as an app describes them. */
export function describedIn(assets: AccountAssets): Configurations {
  const streams = [...assets.streams].map(({ config }) => [config.name, streamInWords(streamBody(streamOnServer(config)))]);
  const consumers = [...assets.consumedStreams].flatMap((stream) => [...assets.consumersOf(stream)].map(({ config }) => (
    [`${stream} > ${config.name}`, plain(consumerBody(consumerOnServer(config, assets.stream(stream))))]
  )));
  return Object.fromEntries([...streams, ...consumers]);
}

/** All streams and consumers that an account has, without those by which the server itself copies streams. */
export async function presentIn(manager: JetStreamManager): Promise<Configurations> {
  const streams = await all<StreamInfo>(manager.streams.list());
  const consumers = (await Promise.all(streams.map(({ config }) => all<ConsumerInfo>(manager.consumers.list(config.name))))).flat()
    .filter(({ config }) => !('sourcing' in config));
  return Object.fromEntries([
    ...streams.map(({ config }) => [config.name, streamInWords(config)]),
    ...consumers.map(({ stream_name, name, config }) => [`${stream_name} > ${name}`, plain(config)]),
  ]);
}

/** A stream in the words of the server. A mirror keeps the window that it is given where it is alone, and none in a cluster: it has no use for one. */
export function streamInWords(config: object): unknown {
  return plain({ ...config, ...'mirror' in config && config.mirror ? { duplicate_window: undefined } : {} });
}

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}
