import { StreamRule } from './stream-rule';
import { RuleLevel } from '../../../core/rule';
import { assetRule, serverRule } from '../asset-rule';
import { JetStreamPlace } from '../place';

const MAX_REPLICAS = 5;
const ODD = '1, 3 or 5';

/** Whether a stream can go nowhere but to the servers of one cluster. */
function isOneCluster({ clustered, superCluster }: JetStreamPlace): boolean {
  return clustered === true && !superCluster;
}

/** Whether servers with these tags are wanted, as far as one wish goes: the server looks at neither case nor white space around. */
function fits(wish: string, serverTags: readonly string[]): boolean {
  const plain = (tag: string) => tag.trim().toLowerCase();
  const has = serverTags.map(plain).includes(plain(wish.replace(/^!/, '')));
  return has !== wish.startsWith('!');
}

/** Where a stream stands, and how often. */
export const replicas: StreamRule[] = [
  assetRule({
    id: 'STREAM-REPLICAS-WHOLE',
    level: RuleLevel.ERROR,
    statement: 'The number of replicas is a whole number from 1.',
    source: "NACK's schema of Stream; nats-server: \"replicas count cannot be negative\"",
  }, (config) => !(Number.isInteger(config.replicas) && config.replicas >= 1) && { what: `replicas is ${config.replicas}`, allowed: ODD }),
  serverRule('STREAM-REPLICAS', 'A stream has at most five replicas.', 'maximum replicas is 5',
    (config) => config.replicas > MAX_REPLICAS && { what: `replicas is ${config.replicas}`, allowed: ODD, fix: 'use 3, or 5 to survive two servers at once' }),
  serverRule('STREAM-REPLICAS-ALONE', 'A single server has one replica of each stream.', 'replicas > 1 not supported in non-clustered mode',
    (config, { clustered }) => clustered === false && config.replicas > 1 && config.replicas <= MAX_REPLICAS && {
      what: `replicas is ${config.replicas}, but there is a single server`, allowed: '1', fix: 'leave replicas out, or give the cluster three servers',
    }),
  serverRule('STREAM-REPLICAS-SERVERS', 'A stream has no more replicas than the cluster has servers.', 'no suitable peers for placement',
    (config, place) => isOneCluster(place) && place.servers !== undefined && config.replicas > place.servers && config.replicas <= MAX_REPLICAS && {
      what: `replicas is ${config.replicas}, but there are ${place.servers} servers`, allowed: `up to ${place.servers}`, fix: 'lower replicas, or give the cluster more servers',
    }),
  assetRule({
    id: 'STREAM-REPLICAS-EVEN',
    level: RuleLevel.GUARDED,
    statement: 'The number of replicas is odd: an even one survives no more than the odd one below it.',
    source: 'https://docs.nats.io/nats-concepts/jetstream/streams: a majority of the replicas must be there',
  }, (config) => config.replicas > 1 && config.replicas % 2 === 0 && {
    what: `replicas is ${config.replicas}: the stream stops when ${config.replicas / 2} of them ${config.replicas === 2 ? 'is' : 'are'} away, as with ${config.replicas - 1}`,
    allowed: ODD,
    fix: `use ${config.replicas + 1}, or ${config.replicas - 1} for less disk`,
  }),
  serverRule('STREAM-PLACEMENT-CLUSTER', 'A stream is placed in the cluster that there is.', 'no suitable peers for placement',
    ({ placement: { cluster } = {} }, place) => isOneCluster(place) && !!place.clusterName && !!cluster && cluster !== place.clusterName && {
      what: `placement.cluster is '${cluster}', but the cluster is '${place.clusterName}'`, allowed: `'${place.clusterName}'`, fix: 'leave placement.cluster out',
    }),
  serverRule('STREAM-PLACEMENT-TAGS', 'A stream is placed on servers that there are: with all tags that it wants, and none with a ! before.', "no suitable peers for placement, tags not matched ['ssd']",
    ({ placement: { tags = [] } = {} }, place) => {
      const { serverTags } = place;
      if (!isOneCluster(place) || !serverTags) return undefined;
      return tags.filter((tag) => !fits(tag, serverTags)).map((tag) => ({
        what: `placement.tags has '${tag}', which no server fits`,
        allowed: serverTags.length > 0 ? `tags of the servers: ${serverTags.join(', ')}` : 'none: the servers have no tags',
        fix: tag.startsWith('!') ? 'leave it out' : 'leave it out, or give serverTags to the cluster',
      }));
    }),
  assetRule({
    id: 'STREAM-PLACEMENT-ALONE',
    level: RuleLevel.WARNING,
    statement: 'Placement means nothing to a single server.',
    source: 'nats-server: a single server does not look at placement (measured)',
  }, ({ placement }, { clustered }) => clustered === false && !!(placement?.cluster || placement?.tags?.length) && {
    what: 'placement is given, but there is a single server, which does not look at it', fix: 'leave it out',
  }),
];
