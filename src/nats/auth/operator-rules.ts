import { defineRule, RuleLevel } from '../../core/rule';

const JWT_DOCS = 'https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/jwt';

export const JWT_INVALID = defineRule({
  id: 'NATS-JWT',
  level: RuleLevel.ERROR,
  statement: 'A JWT is whole, of the kind that belongs there, signed by its issuer, and that of an account is issued by one of the operators; a sentinel proves who it is by itself.',
  source: JWT_DOCS,
});

export const JWT_EXPIRED = defineRule({
  id: 'NATS-JWT-EXPIRED',
  level: RuleLevel.ERROR,
  statement: 'A JWT has not expired.',
  source: JWT_DOCS,
});

export const JWT_EXPIRES = defineRule({
  id: 'NATS-JWT-EXPIRES',
  level: RuleLevel.WARNING,
  statement: 'A JWT is replaced 30 days before it expires.',
  source: JWT_DOCS,
});

export const OPERATOR_VERSION = defineRule({
  id: 'NATS-OPERATOR-VERSION',
  level: RuleLevel.ERROR,
  statement: 'Servers are not older than the operator asks for.',
  source: 'nats-server: "expected minor version 99 > server minor version"',
});

export const OPERATOR_RESOLVER = defineRule({
  id: 'NATS-RESOLVER',
  level: RuleLevel.ERROR,
  statement: 'A resolver has only what its kind knows, and those who keep JWTs for other servers have a system account.',
  source: 'nats-server: "hard_delete has no effect without delete", "the system account needs to be specified", "resolver preloads only available for writeable resolver types"',
});

export const OPERATOR_PINNED = defineRule({
  id: 'NATS-PINNED-ACCOUNTS',
  level: RuleLevel.ERROR,
  statement: 'Pinned accounts are named by their public keys, and can be resolved; with an empty list nobody gets in.',
  source: 'nats-server: "is not a valid public account nkey"; with an empty list it refuses users of the system account too (measured)',
});

export const OPERATOR_SYSTEM_ACCOUNT = defineRule({
  id: 'NATS-OPERATOR-SYSTEM-ACCOUNT',
  level: RuleLevel.ERROR,
  statement: 'The system account is the one that the operator names, can be resolved, and has no JetStream.',
  source: 'nats-server: "system_account in config and operator JWT must be identical", "account missing", "Not allowed to enable JetStream on the system account"',
});
