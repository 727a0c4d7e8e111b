import { defineRule, RuleLevel } from '../../core/rule';

export const SERVICE_INVALID = defineRule({
  id: 'NATS-REQUEST-SERVICE',
  level: RuleLevel.ERROR,
  statement: 'A service has subjects, grants are about these, its queue group is a text without spaces, and the name by which it is discovered letters, digits, _ and -.',
  source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-32.md',
});

export const GRANT_RESPONSES = defineRule({
  id: 'GRANT-RESPONSES',
  level: RuleLevel.WARNING,
  statement: 'A service answers known requesters; with leave to answer everybody, a requester who names a subject of JetStream\'s API for the reply lets the service purge a stream.',
  source: 'nats-server allows a response to whatever reply subject a request names (measured)',
});
