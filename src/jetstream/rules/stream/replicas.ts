import { StreamRule } from './stream-rule';
import { RuleLevel } from '../../../core/rule';
import { assetRule, serverRule } from '../asset-rule';

const MAX_REPLICAS = 5;
const ODD = '1, 3 or 5';

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
    (config, { clustered }) => clustered === false && config.replicas > 1 && {
      what: `replicas is ${config.replicas}, but there is a single server`, allowed: '1', fix: 'leave replicas out, or give the cluster three servers',
    }),
  serverRule('STREAM-REPLICAS-SERVERS', 'A stream has no more replicas than the cluster has servers.', 'no suitable peers for placement',
    (config, { clustered, servers }) => clustered === true && servers !== undefined && config.replicas > servers && {
      what: `replicas is ${config.replicas}, but there are ${servers} servers`, allowed: `up to ${servers}`, fix: 'lower replicas, or give the cluster more servers',
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
    ({ placement: { cluster } = {} }, { clustered, clusterName }) => clustered === true && !!clusterName && !!cluster && cluster !== clusterName && {
      what: `placement.cluster is '${cluster}', but the cluster is '${clusterName}'`, allowed: `'${clusterName}'`, fix: 'leave placement.cluster out',
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
