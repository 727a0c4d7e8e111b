import { Construct } from 'constructs';
import { NatsAlertRule, NatsAlertsOptions } from './alert-props';
import { NatsAlertGroup, NatsAlertSeverity } from './alert-rule';
import { ALERT_NAMES } from './names';
import { fractionalMilliseconds, millisecondsOf } from '../../core/go-duration';
import { defineRule, RuleLevel } from '../../core/rule';
import { nearestNames } from '../../core/schema/nearest-names';

export const ALERT_NAME = defineRule({
  id: 'ALERT-NAME',
  level: RuleLevel.ERROR,
  statement: 'Each alert has a name of its own, and what is said of an alert names one that there is.',
  source: 'https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/; what names no alert would silently do nothing',
});

export const ALERT_SEVERITY = defineRule({
  id: 'ALERT-SEVERITY',
  level: RuleLevel.ERROR,
  statement: 'The severity of an alert is critical, warning or info.',
  source: 'Routes of an Alertmanager go by severity: one that none of them names reaches nobody.',
});

export const ALERT_LABEL = defineRule({
  id: 'ALERT-LABEL',
  level: RuleLevel.ERROR,
  statement: 'Labels of alerts have names that Prometheus takes, and leave severity, namespace and nats_cluster to this library.',
  source: 'prometheus: "invalid label name"; https://prometheus-operator.dev/docs/developer/alerting/: an AlertmanagerConfig gets the alerts of its own namespace only',
});

export const ALERT_TIME = defineRule({
  id: 'ALERT-TIME',
  level: RuleLevel.ERROR,
  statement: 'An alert waits for a time of whole milliseconds before it fires.',
  source: 'https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations',
});

const RUNBOOKS = 'https://github.com/cdk8s-nats/cdk8s-nats/blob/main/docs/runbooks.md#';
const OWN_LABELS = ['severity', 'namespace', 'nats_cluster'];

/** What is said of the alerts, with defaults; names and severities that there are not throw. */
export interface AlertsState {
  readonly groups: readonly NatsAlertGroup[];
  readonly exclude: ReadonlySet<string>;
  readonly severities: { readonly [alert: string]: NatsAlertSeverity };
  readonly rules: readonly NatsAlertRule[];
  readonly alertLabels: { readonly [label: string]: string };
  readonly runbookUrl: string;
}

export function resolveAlerts(scope: Construct, options: NatsAlertsOptions): AlertsState {
  const { groups = Object.values(NatsAlertGroup), exclude = [], severities = {}, rules = [], alertLabels = {}, runbookUrl = RUNBOOKS } = options;
  exclude.forEach((name) => checkKnown(scope, 'exclude', name));
  for (const [name, severity] of Object.entries(severities)) {
    checkKnown(scope, 'severities', name);
    checkSeverity(scope, `severities.${name}`, severity);
  }
  checkRules(scope, rules);
  for (const label of Object.keys(alertLabels)) {
    if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label) && !OWN_LABELS.includes(label)) continue;
    throw ALERT_LABEL.error(scope, {
      what: `alertLabels has ${label}`, allowed: `letters, digits and _, not beginning with a digit; not ${OWN_LABELS.join(', ')}`, fix: label === 'severity' ? 'give severities' : undefined,
    });
  }
  return { groups, exclude: new Set(exclude), severities, rules, alertLabels, runbookUrl };
}

function checkKnown(scope: Construct, prop: string, name: string): void {
  const known: readonly string[] = ALERT_NAMES;
  if (known.includes(name)) return;
  const [nearest] = nearestNames(name, [...known]);
  throw ALERT_NAME.error(scope, { what: `${prop} names ${name}, and there is no such alert`, allowed: 'the names in docs/runbooks.md', fix: nearest && `write ${nearest}` });
}

/** Refuses what is no severity. */
export function checkSeverity(scope: Construct, prop: string, severity: NatsAlertSeverity | undefined): void {
  const known = Object.values(NatsAlertSeverity);
  if (severity === undefined || known.includes(severity)) return;
  throw ALERT_SEVERITY.error(scope, { what: `${prop} is '${severity}'`, allowed: known.join(', ') });
}

function checkRules(scope: Construct, rules: NatsAlertRule[]): void {
  const taken = new Set<string>(ALERT_NAMES);
  for (const { name, expr, severity, after } of rules) {
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) throw ALERT_NAME.error(scope, { what: `rules has an alert named '${name}'`, allowed: 'letters, digits and _, not beginning with a digit' });
    if (taken.has(name)) {
      throw ALERT_NAME.error(scope, { what: `rules has an alert named ${name}, and there is one of this name`, allowed: 'a name of its own', fix: 'rename it; to replace one of the catalogue, name that in exclude too, and give the new one another name' });
    }
    if (!expr.trim()) throw ALERT_NAME.error(scope, { what: `the alert ${name} of rules has an empty expr`, allowed: 'an expression in PromQL' });
    if (after && !((millisecondsOf(after) ?? -1) >= 0)) {
      throw ALERT_TIME.error(scope, { what: `after of ${name} in rules is ${fractionalMilliseconds(after)} ms`, allowed: 'whole milliseconds' });
    }
    checkSeverity(scope, `the severity of ${name} in rules`, severity);
    taken.add(name);
  }
}
