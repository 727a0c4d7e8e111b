import { ConsumerRule, isPush, sendsPriority } from './consumer-rule';
import { RuleLevel } from '../../../core/rule';
import { PriorityPolicy } from '../../consumer/consumer-config';
import { assetRule, serverRule } from '../asset-rule';

const GROUP = /^[a-zA-Z0-9/_=-]{1,16}$/;

/** How several clients of a pull consumer share it. */
export const priority: ConsumerRule[] = [
  serverRule('CONSUMER-PRIORITY-PUSH', 'A priority policy is of pull consumers.', 'priority groups can not be used with push consumers',
    (config) => sendsPriority(config) && isPush(config) && { what: 'priorityPolicy is given, but it is a push consumer', fix: 'leave it out; a deliverGroup shares what is delivered' }),
  serverRule('CONSUMER-PRIORITY-GROUP', 'A priority group is called by 1 to 16 letters, digits, - _ / and =.', 'Valid priority group name must match A-Z, a-z, 0-9, -_/=)+ and may not exceed 16 characters',
    (config) => sendsPriority(config) && config.priorityGroups.filter((group) => !GROUP.test(group)).map((group) => ({
      what: `priorityGroups has '${group}'`, allowed: '1 to 16 letters, digits, - _ / and =',
    }))),
  assetRule({
    id: 'CONSUMER-PRIORITY-GROUPS',
    level: RuleLevel.ERROR,
    statement: 'A priority policy and its groups come together.',
    source: 'NACK sends neither without the other, so that the consumer has no priorities; nats-server: "Setting PriorityPolicy requires at least one PriorityGroup to be set"',
  }, ({ priorityPolicy, priorityGroups }) => {
    if (priorityPolicy !== undefined && priorityGroups.length === 0) {
      return { what: `priorityPolicy is ${priorityPolicy}, but there are no priorityGroups, so that it would not be set`, allowed: 'at least one group', fix: 'give priorityGroups' };
    }
    return priorityPolicy === undefined && priorityGroups.length > 0 && {
      what: 'priorityGroups are given, but no priorityPolicy, so that they would not be set', fix: 'give priorityPolicy, or leave them out',
    };
  }),
  assetRule({
    id: 'CONSUMER-PINNED-TTL',
    level: RuleLevel.ERROR,
    statement: 'A pinned client has its time, pinnedTtl, and nothing else has.',
    source: 'NACK does not set the policy pinned_client without it, nor the time with another policy',
  }, ({ priorityPolicy, pinnedTtl }) => {
    if (priorityPolicy !== PriorityPolicy.PINNED_CLIENT) {
      return pinnedTtl !== undefined && { what: 'pinnedTtl is given, but priorityPolicy is not pinned_client, so that it would not be set', fix: 'leave it out' };
    }
    return pinnedTtl === undefined && {
      what: 'priorityPolicy is pinned_client, but there is no pinnedTtl, so that the policy would not be set', allowed: 'a time; the default of the server is 2m', fix: 'give pinnedTtl',
    };
  }),
];
