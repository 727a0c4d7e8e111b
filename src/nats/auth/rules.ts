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
  statement: 'A token, users, an operator, and an included authorization block exclude each other.',
  source: 'nats-server: "Can not have a token and a users array"',
  serverVerdict: true,
});

export const USER_NAME = defineRule({
  id: 'NATS-USER-NAME',
  level: RuleLevel.ERROR,
  statement: 'A user has a name of its own, in all accounts of the servers, made of letters, digits, _ and -, so that its inbox prefix is a subject.',
  source: 'nats-server: "Duplicate user detected"; https://docs.nats.io/nats-concepts/subjects',
});

export const INBOX_SHARED = defineRule({
  id: 'NATS-INBOX-SHARED',
  level: RuleLevel.WARNING,
  statement: 'Users of one account have inbox prefixes of their own; who shares one can read the other\'s replies.',
  source: 'nats-server sends whatever matches to all who subscribe (measured)',
});

export const USER_CREDENTIALS = defineRule({
  id: 'NATS-USER-CREDENTIALS',
  level: RuleLevel.ERROR,
  statement: 'A user has exactly one credential: a password (a SecretKey, a piece of nats.conf in a Secret, or a bcrypt hash), an nkey, or the subject of a certificate. Without one it would log in with an empty password.',
  source: 'nats-server accepts a user without a password (measured)',
});

export const USER_PERMISSIONS = defineRule({
  id: 'NATS-USER-PERMISSIONS',
  level: RuleLevel.ERROR,
  statement: 'A user has permissions or grants; one that may do everything says so with Permissions.all().',
  source: 'nats-server: absent or empty permissions allow everything (measured)',
});

export const GRANT_DENIED = defineRule({
  id: 'GRANT-DENIED',
  level: RuleLevel.WARNING,
  statement: 'What a user is granted, its own permissions do not deny as a whole.',
  source: 'nats-server: a deny beats an allow',
});

export const GRANT_ACCOUNT = defineRule({
  id: 'GRANT-ACCOUNT',
  level: RuleLevel.ERROR,
  statement: 'A grant is for a user of the account to which the subjects belong; users of others need an export and an import.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/securing_nats/accounts',
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

export const NKEY_INVALID = defineRule({
  id: 'NATS-NKEY',
  level: RuleLevel.ERROR,
  statement: 'The nkey of a user is the public key of a user.',
  source: 'nats-server: "Not a valid public nkey for a user"',
  serverVerdict: true,
});

export const CONNECTION_TYPES = defineRule({
  id: 'NATS-CONNECTION-TYPES',
  level: RuleLevel.ERROR,
  statement: 'A list of allowed connection types is not empty.',
  source: 'nats-server reads an empty list as everything (measured)',
});

export const CERTIFICATE_USERS = defineRule({
  id: 'NATS-CERTIFICATE-USERS',
  level: RuleLevel.ERROR,
  statement: 'Each listener to which a user by certificate may connect maps certificates to users (verify_and_map); at another, such a user logs in with an empty password.',
  source: 'nats-server 2.14 accepts such a login (measured); https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/tls_mutual_auth',
});

export const NO_AUTH_USER = defineRule({
  id: 'NATS-NO-AUTH-USER',
  level: RuleLevel.ERROR,
  statement: 'Clients without credentials become a user that there is.',
  source: 'nats-server: "not present as user or nkey in authorization block or account configuration"',
  serverVerdict: true,
});

export const AUTH_TIMEOUT = defineRule({
  id: 'NATS-AUTH-TIMEOUT',
  level: RuleLevel.ERROR,
  statement: 'The time to log in is whole seconds, from 1 to 60, on whatever listener.',
  source: 'nats-server warns above 60 s, and where there is a warning its check of a configuration fails (measured)',
});

export const AUTH_CALLOUT = defineRule({
  id: 'NATS-AUTH-CALLOUT',
  level: RuleLevel.ERROR,
  statement: 'An auth callout has the public key of an account that signs, users that there are, in its account, who answer, and accounts that there are.',
  source: 'nats-server: "Authorization callouts require authorized users"; of a user or account that is not there it only logs (measured)',
});
