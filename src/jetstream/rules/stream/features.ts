import { consumerOf, originsOf } from './origins';
import { StreamRule } from './stream-rule';
import { isSince, NatsVersion } from '../../../nats/nats-version';
import { serverRule } from '../asset-rule';

/** What not all servers know. */
export const features: StreamRule[] = [
  serverRule('STREAM-FEATURE', 'A stream asks only for what the servers know.', 'invalid JSON: json: unknown field "allow_batched"',
    (config, { version }) => [
      ...config.allowBatched ? ['allowBatched'] : [],
      ...originsOf(config).filter(({ origin }) => consumerOf(origin)).map(({ words }) => `${words}.consumer`),
    ].filter(() => !isSince(version, NatsVersion.V2_14)).map((prop) => ({
      what: `${prop} came with nats-server ${NatsVersion.V2_14}, and the servers are ${version}`,
      allowed: `nats-server ${NatsVersion.V2_14} or later`,
      fix: `leave it out, or give images.server of the cluster a tag of ${NatsVersion.V2_14}`,
    }))),
];
