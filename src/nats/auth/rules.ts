import { defineRule, RuleLevel } from '../../core/rule';

const SERVER_AUTH = 'https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro';

export const AUTH_UNSAID = defineRule({
  id: 'NATS-AUTH-UNSAID',
  level: RuleLevel.ERROR,
  statement: 'A cluster says how its clients authenticate; a server without any authentication is never the default.',
  source: SERVER_AUTH,
});

export const AUTH_NONE = defineRule({
  id: 'NATS-AUTH-NONE',
  level: RuleLevel.GUARDED,
  statement: 'A server without authentication lets everyone who reaches its port read and write everything.',
  source: SERVER_AUTH,
});

export const AUTH_MIXED = defineRule({
  id: 'NATS-AUTH-MIXED',
  level: RuleLevel.ERROR,
  statement: 'A token and users exclude each other.',
  source: 'nats-server: "Can not have a token and a users array"',
  serverVerdict: true,
});

export const USER_NAME = defineRule({
  id: 'NATS-USER-NAME',
  level: RuleLevel.ERROR,
  statement: 'A user has a name of its own, made of letters, digits, _ and -, so that its inbox prefix is a subject.',
  source: 'nats-server: "Duplicate user detected"; https://docs.nats.io/nats-concepts/subjects',
});

export const USER_CREDENTIALS = defineRule({
  id: 'NATS-USER-CREDENTIALS',
  level: RuleLevel.ERROR,
  statement: 'A user has exactly one password: a SecretKey, a piece of nats.conf in a Secret, or a bcrypt hash. Without one it would log in with an empty password.',
  source: 'nats-server accepts a user without a password (measured)',
});

export const USER_PERMISSIONS = defineRule({
  id: 'NATS-USER-PERMISSIONS',
  level: RuleLevel.ERROR,
  statement: 'A user has permissions; one that may do everything says so with Permissions.all().',
  source: 'nats-server: absent or empty permissions allow everything (measured)',
});

export const SUBJECT_INVALID = defineRule({
  id: 'NATS-SUBJECT',
  level: RuleLevel.ERROR,
  statement: 'A permission names a subject: tokens without spaces between dots, * for one token, > for all that follow; a queue group only to subscribe.',
  source: 'nats-server: "is not a valid subject"',
  serverVerdict: true,
});

export const RESPONSES_LIMIT = defineRule({
  id: 'NATS-RESPONSES-LIMIT',
  level: RuleLevel.ERROR,
  statement: 'allowResponses allows at least one response, for a time longer than zero; without a limit any later reply would pass.',
  source: 'nats-server reads 0 as the default and a negative number as unlimited',
});
