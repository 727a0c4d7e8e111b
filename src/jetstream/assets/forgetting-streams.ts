import type { AccountAssets } from './account-assets';
import { AccountRule } from './account-rule';
import { originsOf } from './missing-origins';
import { defineRule, RuleLevel } from '../../core/rule';
import { StreamRetention } from '../stream/stream-config';

/** A warning, because clients may make consumers themselves. */
export const forgettingStreams: AccountRule = {
  rule: defineRule({
    id: 'STREAM-INTEREST-NOBODY',
    level: RuleLevel.WARNING,
    statement: 'A stream with retention INTEREST has a consumer in the app, or another stream copies from it: while nobody consumes, it acknowledges messages and keeps none.',
    source: 'nats-server (measured); https://docs.nats.io/nats-concepts/jetstream/streams#retentionpolicy',
  }),
  find: (assets: AccountAssets) => {
    const streams = [...assets.streams];
    const consumed = new Set([...assets.consumedStreams, ...streams.flatMap(({ config }) => originsOf(config))]);
    const forgetting = streams.filter(({ config: { name, retention } }) => retention === StreamRetention.INTEREST && !consumed.has(name));
    return forgetting.map(({ construct, config }) => ({
      construct,
      mistake: {
        what: `'${config.name}' keeps messages for its consumers alone, and the app describes none: it acknowledges what is published meanwhile, and keeps nothing of it`,
        fix: 'describe the consumers with addConsumer, or leave retention out',
      },
    }));
  },
};
