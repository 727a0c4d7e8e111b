import { ConsumerRule, isPush } from './consumer-rule';
import { ConsumerConfig } from '../../consumer/consumer-config';
import { serverRule } from '../asset-rule';
import { duration } from '../words';

/** Options of push consumers that are given. */
function pushOptions(config: ConsumerConfig): string[] {
  return [
    ...(config.rateLimitBps ?? 0) > 0 ? ['rateLimitBps'] : [],
    ...(config.heartbeat ?? 0) > 0 ? ['heartbeat'] : [],
    ...config.flowControl ? ['flowControl'] : [],
  ];
}

/** What concerns consumers that are asked for messages. */
export const pull: ConsumerRule[] = [
  serverRule('CONSUMER-PULL-OPTIONS', 'rateLimitBps, heartbeat and flowControl are of push consumers.', 'consumer flow control requires a push based consumer',
    (config) => !isPush(config) && pushOptions(config).map((prop) => ({
      what: `${prop} is given, but it is a pull consumer`, fix: 'leave it out, or give deliverSubject',
    }))),
  serverRule('CONSUMER-REQUEST-EXPIRES', 'maxRequestExpires is at least 1 ms.', 'consumer max request expires needs to be >= 1ms',
    (config) => !isPush(config) && (config.maxRequestExpires ?? 0) > 0 && config.maxRequestExpires! < 1 && {
      what: `maxRequestExpires is ${duration(config.maxRequestExpires!)}`, allowed: 'at least 1ms', fix: 'raise it, or leave it out for no limit',
    }),
  serverRule('CONSUMER-REQUEST-BATCH', 'maxRequestBatch is no more than the servers let a request ask for.', 'consumer max request batch exceeds server limit of 20',
    (config, { limits }) => !isPush(config) && (limits?.maxRequestBatch ?? 0) > 0 && (config.maxRequestBatch ?? 0) > limits!.maxRequestBatch! && {
      what: `maxRequestBatch is ${config.maxRequestBatch}, above the limit of the servers`, allowed: `up to ${limits!.maxRequestBatch}`, fix: 'lower it, or raise the limit in jetStream of the cluster',
    }),
  serverRule('CONSUMER-REQUEST-BATCH-UNSAID', 'maxRequestBatch is given where the servers limit it.', "pedantic mode: max_request_batch must be set if it's JetStream limits are set",
    (config, { limits, pedantic }) => pedantic && !isPush(config) && (limits?.maxRequestBatch ?? 0) > 0 && !config.maxRequestBatch && {
      what: 'maxRequestBatch is left out, but the servers have a limit for it', allowed: `up to ${limits!.maxRequestBatch}`, fix: 'give maxRequestBatch',
    }),
];
