import type { AccountAssets } from './account-assets';
import { AccountRule } from './account-rule';
import { defineRule, RuleLevel } from '../../core/rule';
import { JetStreamPlace } from '../rules/place';
import { isInMemory } from '../rules/stream/reserved-bytes';
import { StreamConfig, StreamRetention } from '../stream/stream-config';

/** So many are named; of the others, it is said how many they are. */
const NAMED = 5;

/** Told once for an account, because there may be many, and of the account, because one limit of it ends them all. */
export const unlimitedStreams: AccountRule = {
  rule: defineRule({
    id: 'STREAMS-UNLIMITED',
    level: RuleLevel.WARNING,
    statement: 'A stream that keeps its messages until a limit has one, or its account has: else it grows until the stores of the servers are full, and no stream takes any more.',
    source: 'nats-server: "insufficient resources", to the publishers of all streams; https://docs.nats.io/nats-concepts/jetstream/streams#limits',
  }),
  find: ({ owner, streams, place }: AccountAssets) => {
    const names = [...streams].filter(({ config }) => isUnlimited(config, place)).map(({ config: { name } }) => `'${name}'`);
    if (names.length === 0) return [];
    const others = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
    return [{
      construct: owner,
      mistake: {
        what: `streams without any limit: ${names.slice(0, NAMED).join(', ')}${others}`,
        fix: 'give each maxAge or ttl, maxBytes or maxMsgs, or the account jetStream.maxStorage and maxMemory',
      },
    }];
  },
};

/** Work queues and interest are emptied by their consumers; values of keys replace each other. */
function isUnlimited(config: StreamConfig, { account }: JetStreamPlace): boolean {
  const { retention, maxAge, maxMsgs, maxBytes, maxMsgsPerSubject } = config;
  if (retention !== StreamRetention.LIMITS || maxAge > 0 || maxMsgs || maxBytes || maxMsgsPerSubject) return false;
  return (isInMemory(config) ? account?.maxMemoryBytes : account?.maxFileBytes) === undefined;
}
