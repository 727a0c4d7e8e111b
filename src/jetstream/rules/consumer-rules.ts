import { AssetRule, JointRule } from './asset-rule';
import { ConsumerPlace } from './place';
import { ConsumerConfig } from '../consumer/consumer-config';

/** What a consumer must keep, in the order in which mistakes are reported. */
export const consumerRules: AssetRule<ConsumerConfig, ConsumerPlace>[] = [];

/** What the consumers of one stream must keep together, in the order in which mistakes are reported. */
export const jointConsumerRules: JointRule<ConsumerConfig, ConsumerPlace>[] = [];
