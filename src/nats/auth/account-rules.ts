import { defineRule, RuleLevel } from '../../core/rule';

const ACCOUNT_DOCS = 'https://docs.nats.io/running-a-nats-service/configuration/securing_nats/accounts';

export const ACCOUNT_NAME = defineRule({
  id: 'NATS-ACCOUNT-NAME',
  level: RuleLevel.ERROR,
  statement: 'An account has a name of its own, made of letters, digits, _ and -; $G is the server\'s, and $SYS that of the system account.',
  source: 'nats-server: "is a Reserved Account"; of two accounts with one name, the second replaces the first without a word (measured)',
});

export const ACCOUNT_USERS = defineRule({
  id: 'NATS-ACCOUNT-USERS',
  level: RuleLevel.GUARDED,
  statement: 'An account has users; one without can only be reached by imports and leaf nodes.',
  source: ACCOUNT_DOCS,
});

export const GLOBAL_USERS = defineRule({
  id: 'NATS-GLOBAL-USERS',
  level: RuleLevel.GUARDED,
  statement: 'Beside accounts, users outside of all accounts have no JetStream: it is off for $G, where they are, as soon as there is an account.',
  source: 'nats-server: "JetStream not enabled for account", code 10039 (measured)',
});

export const SYSTEM_ACCOUNT = defineRule({
  id: 'NATS-SYSTEM-ACCOUNT',
  level: RuleLevel.ERROR,
  statement: 'There is at most one system account, and it has no JetStream.',
  source: 'nats-server: "Not allowed to enable JetStream on the system account"',
});

export const ACCOUNT_LIMIT = defineRule({
  id: 'NATS-ACCOUNT-LIMIT',
  level: RuleLevel.ERROR,
  statement: 'Limits of an account are whole numbers that the server can count: it keeps connections, subscriptions, payload and leaf nodes in 32 bits, and a larger number wraps around.',
  source: 'nats-server accepts 5 GB and limits to 1 GiB (measured)',
});

export const ACCOUNT_JETSTREAM = defineRule({
  id: 'NATS-ACCOUNT-JETSTREAM',
  level: RuleLevel.ERROR,
  statement: 'An account has JetStream only where the servers have it.',
  source: ACCOUNT_DOCS,
});

export const ACCOUNT_STORE = defineRule({
  id: 'NATS-ACCOUNT-STORE',
  level: RuleLevel.ERROR,
  statement: 'What an account may store fits into the stores of all servers; on a single server, what all accounts may store does.',
  source: 'nats-server: "insufficient storage resources available", which a single server says at its start; a cluster finds out when it is full',
});

export const ACCOUNT_STORE_SUM = defineRule({
  id: 'NATS-ACCOUNT-STORE-SUM',
  level: RuleLevel.WARNING,
  statement: 'What all accounts of a cluster may store together fits into the stores of its servers, lest one account takes what another was promised.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/resource_management',
});

export const EXPORT_INVALID = defineRule({
  id: 'NATS-EXPORT',
  level: RuleLevel.ERROR,
  statement: 'An export has a subject that no other export of its kind has, a list of accounts that is not empty or none, and only what its kind knows.',
  source: 'nats-server: "sublist: invalid subject", "account not defined"; it reads an empty list as public, and keeps one of two exports (measured)',
});

export const IMPORT_INVALID = defineRule({
  id: 'NATS-IMPORT-SUBJECT',
  level: RuleLevel.ERROR,
  statement: 'An import is from another account, its subjects are subjects, and it has a prefix or another subject, not both.',
  source: 'nats-server takes one of prefix and to at random, and any text for the subject of a stream without wildcards (measured)',
});

export const IMPORT_REFUSED = defineRule({
  id: 'NATS-IMPORT',
  level: RuleLevel.ERROR,
  statement: 'What an account imports, another exports to it: as the same kind, at least as wide; once, without a cycle, and with every wildcard in the subject that it becomes.',
  source: 'nats-server: "import not authorized", "import already exists", "import forms a cycle", "not using all of the token wildcard(s)"',
  serverVerdict: true,
});

export const MAPPING_SOURCE = defineRule({
  id: 'NATS-MAPPING-SOURCE',
  level: RuleLevel.ERROR,
  statement: 'Each subject is mapped once, to at least one destination.',
  source: 'nats-server keeps the last of two options with one name (measured)',
});

export const MAPPING_REFUSED = defineRule({
  id: 'NATS-MAPPING',
  level: RuleLevel.ERROR,
  statement: 'A mapping is between subjects whose wildcards agree; its destinations differ, and their weights in each cluster sum up to 100 at most.',
  source: 'nats-server: "total weight needs to be <= 100", "duplicate entry", "wildcard index out of range", "unknown function"',
  serverVerdict: true,
});

export const MESSAGE_TRACE = defineRule({
  id: 'NATS-MESSAGE-TRACE',
  level: RuleLevel.ERROR,
  statement: 'Traces of messages go to a subject without wildcards, from 1 to 100 percent of the messages.',
  source: 'nats-server: "Trace destination is not valid"',
});
