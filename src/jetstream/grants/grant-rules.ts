import { defineRule, RuleLevel } from '../../core/rule';

const PERMISSIONS = 'https://docs.nats.io/running-a-nats-service/configuration/securing_nats/authorization';

export const GRANT_DOMAIN = defineRule({
  id: 'GRANT-DOMAIN',
  level: RuleLevel.ERROR,
  statement: 'A grant names the JetStream domain of the servers that have the stream.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/leafnodes/jetstream_leafnodes',
});

export const GRANT_SUBJECT = defineRule({
  id: 'GRANT-SUBJECT',
  level: RuleLevel.ERROR,
  statement: 'A grant to publish or read is about subjects or keys that the stream or bucket stores, and not about those of the servers.',
  source: PERMISSIONS,
});

export const GRANT_NOTHING = defineRule({
  id: 'GRANT-NOTHING',
  level: RuleLevel.ERROR,
  statement: 'A grant lets the user do something: nobody publishes to a mirror, nobody reads a work queue without acknowledging, and single messages of some subjects are read by direct access only.',
  source: 'nats-server: "workqueue stream requires explicit ack"; of a stream without allow_direct it gives any message to whoever may ask (measured)',
});

export const GRANT_READ_CONSUMERS = defineRule({
  id: 'GRANT-READ-CONSUMERS',
  level: RuleLevel.WARNING,
  statement: 'Who may make ordered consumers of a stream can change its durable ones and take what they would deliver, so that such a stream has none.',
  source: 'nats-server updates a durable consumer by the subject that creates an ordered one (measured)',
});

export const GRANT_READ_WIDER = defineRule({
  id: 'GRANT-READ-WIDER',
  level: RuleLevel.WARNING,
  statement: 'A grant to read some subjects or keys is not wider than it says: * as the last token lets > through, and clients that put filters into the request may read all.',
  source: 'nats-server takes the subject of a request as it is, and a > in it for a token that * matches (measured)',
});

export const GRANT_ROLLUP = defineRule({
  id: 'GRANT-ROLLUP',
  level: RuleLevel.WARNING,
  statement: 'Who may publish to one subject of a stream with allowRollup can remove all its messages, by a header.',
  source: 'nats-server: "Nats-Rollup: all" (measured)',
});

export const GRANT_SCHEDULES = defineRule({
  id: 'GRANT-SCHEDULES',
  level: RuleLevel.WARNING,
  statement: 'Who may publish to some subjects of a stream with allowMsgSchedules can publish to all of them, by a schedule.',
  source: 'nats-server: "Nats-Schedule-Target" (measured)',
});

export const GRANT_WRITE_KEYS = defineRule({
  id: 'GRANT-WRITE-KEYS',
  level: RuleLevel.WARNING,
  statement: 'Who may write one key of a bucket can empty the bucket, by a header; users who do not trust each other have buckets of their own.',
  source: 'nats-server: "Nats-Rollup: all" (measured)',
});

export const GRANT_OBJECT_WRITERS = defineRule({
  id: 'GRANT-OBJECT-WRITERS',
  level: RuleLevel.WARNING,
  statement: 'Who may write objects can empty the store, because replacing one purges its old pieces; users who do not trust each other have stores of their own.',
  source: 'the official clients purge the stream of the store to replace or delete an object (measured)',
});
