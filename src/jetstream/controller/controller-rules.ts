import { defineRule, RuleLevel } from '../../core/rule';

const NACK = 'https://github.com/nats-io/nack/tree/v0.23.0';

export const CONTROLLER_OPTION = defineRule({
  id: 'JS-CONTROLLER-OPTION',
  level: RuleLevel.ERROR,
  statement: 'The options of a JetStreamController are such as NACK and Kubernetes take, and do not contradict each other.',
  source: `${NACK}/cmd/jetstream-controller/main.go`,
});

export const CONTROLLER_TLS = defineRule({
  id: 'JS-CONTROLLER-TLS',
  level: RuleLevel.ERROR,
  statement: 'A JetStreamController shows a certificate only where the servers verify those of clients, and one that logs in has what TLS takes.',
  source: 'A pod mounts Secrets and ConfigMaps of its own namespace only; https://docs.nats.io/running-a-nats-service/configuration/securing_nats/tls',
});

export const CONTROLLER_ALL_SECRETS = defineRule({
  id: 'JS-CONTROLLER-ALL-SECRETS',
  level: RuleLevel.GUARDED,
  statement: 'A JetStreamController of all namespaces that reads the Secrets of JetStreamAccounts may read every Secret of the Kubernetes cluster.',
  source: 'NACK lists and watches Secrets; RBAC narrows those requests to namespaces, not to names (measured)',
});

export const CONTROLLER_MISSING = defineRule({
  id: 'JS-CONTROLLER-MISSING',
  level: RuleLevel.WARNING,
  statement: 'Streams, consumers and buckets have a controller that makes them, in this app or declared by JetStreamController.external.',
  source: `${NACK}: a custom resource without a controller does nothing`,
});

export const CONTROLLER_NAMESPACE = defineRule({
  id: 'JS-CONTROLLER-NAMESPACE',
  level: RuleLevel.ERROR,
  statement: 'Streams, consumers and buckets are in a namespace that a JetStreamController watches.',
  source: `${NACK}: a controller with --namespace sees no other`,
});

export const CONTROLLER_TWICE = defineRule({
  id: 'JS-CONTROLLER-TWICE',
  level: RuleLevel.ERROR,
  statement: 'A namespace is watched by one JetStreamController: NACK elects no leader, and two would undo each other\'s changes.',
  source: `${NACK}/cmd/jetstream-controller/main.go`,
});
