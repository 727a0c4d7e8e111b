import { defineRule, RuleLevel } from '../../core/rule';

export const JETSTREAM_TARGET = defineRule({
  id: 'JS-TARGET',
  level: RuleLevel.ERROR,
  statement: 'Streams are where JetStream is on: on servers that have it, in an account that has it, and outside of accounts only where there are none.',
  source: 'nats-server: "JetStream not enabled for account"; it turns JetStream off outside of accounts as soon as there are accounts',
});

export const JETSTREAM_CONNECTION = defineRule({
  id: 'JS-CONNECTION',
  level: RuleLevel.ERROR,
  statement: 'NACK connects to one account, with credentials from Secrets of the namespace in which its streams are.',
  source: 'NACK 0.23 looks for an Account and its Secrets only in the namespace of the resource that names it: https://github.com/nats-io/nack/issues/320',
});
