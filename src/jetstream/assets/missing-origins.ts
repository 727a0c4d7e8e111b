import type { AccountAssets } from './account-assets';
import { AccountRule } from './account-rule';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { nearestNames } from '../../core/schema/nearest-names';
import { StreamConfig } from '../stream/stream-config';

/** A warning, because a stream may be made by others than NACK; who says so by `fromStreamName` or `fromBucketName` hears of nothing. */
export const missingOrigins: AccountRule = {
  rule: defineRule({
    id: 'STREAM-ORIGIN-MISSING',
    level: RuleLevel.WARNING,
    statement: 'A stream from which another of the same account copies is described in the app, or said to exist already.',
    source: 'nats-server makes a mirror or a source of a stream that does not exist, which then waits for it without end and says so nowhere but in its log.',
  }),
  find: (assets: AccountAssets) => [...assets.streams].flatMap(({ construct, config }) => {
    const missing = originsOf(config).filter((name) => !assets.isKnown(name));
    return missing.map((name) => ({ construct, mistake: mistakeOf(config.name, name, assets) }));
  }),
};

function mistakeOf(copy: string, origin: string, { streams }: AccountAssets): Mistake {
  const [nearest] = nearestNames(origin, [...streams].map(({ config }) => config.name).filter((name) => name !== copy));
  return {
    what: `'${copy}' copies from the stream '${origin}', which nothing in the app describes`,
    fix: nearest ? `did you mean '${nearest}'?` : 'if it exists already, JetStreamStream.fromStreamName or KeyValueBucket.fromBucketName, and give that as the origin',
  };
}

/** Names of the streams of the same account from which a stream copies. */
export function originsOf({ mirror, sources = [] }: StreamConfig): string[] {
  return [...mirror ? [mirror] : [], ...sources].filter(({ externalApiPrefix }) => externalApiPrefix === undefined).map(({ name }) => name);
}
