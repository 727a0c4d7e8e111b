import { acks } from './consumer/acks';
import { ConsumerRule, JointConsumerRule } from './consumer/consumer-rule';
import { filters } from './consumer/filters';
import { flowAcks } from './consumer/flow-acks';
import { names } from './consumer/names';
import { numbers } from './consumer/numbers';
import { priority } from './consumer/priority';
import { pull } from './consumer/pull';
import { push } from './consumer/push';
import { replicas } from './consumer/replicas';
import { start } from './consumer/start';
import { jointConsumers, workQueue } from './consumer/work-queue';

/** What a consumer must keep, in the order in which mistakes are reported. */
export const consumerRules: ConsumerRule[] = [
  ...names, ...numbers, ...replicas, ...workQueue, ...acks, ...flowAcks, ...push, ...pull, ...filters, ...start, ...priority,
];

/** What the consumers of one stream must keep together, in the order in which mistakes are reported. */
export const jointConsumerRules: JointConsumerRule[] = jointConsumers;
