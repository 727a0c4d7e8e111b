import { AlertContext, AlertRule, NatsAlertSeverity } from './alert-rule';
import { GroupOfAlerts } from './catalogue';
import { AlertsState } from './resolve-alerts';
import * as prometheus from '../../../imports/monitoring.coreos.com';
import { goDuration, millisecondsOf } from '../../core/go-duration';

type Rule = prometheus.PrometheusRuleSpecGroupsRules;
type Expression = prometheus.PrometheusRuleSpecGroupsRulesExpr;

/** The spec of the PrometheusRule. */
export function renderAlerts(context: AlertContext, groups: GroupOfAlerts[], state: AlertsState): prometheus.PrometheusRuleSpec {
  const rendered = groups.map(({ group, declared, alerts }) => ({
    name: `nats-${group}`,
    rules: [
      ...declared.map(({ record, value, labels }): Rule => ({ record, expr: expression(`vector(${value === Infinity ? '+Inf' : value})`), labels: { ...labels } })),
      ...alerts.filter(({ alert }) => !state.exclude.has(alert)).map((rule) => renderAlert(context, rule, state)),
    ],
  }));
  const own = { name: 'nats-own', rules: ownRules(context, state) };
  return { groups: [...rendered, own].filter(({ rules }) => rules.length > 0) };
}

function renderAlert(context: AlertContext, rule: AlertRule, { severities, runbookUrl, alertLabels }: AlertsState): Rule {
  const { alert, expr, summary, description } = rule;
  return {
    alert,
    expr: expression(expr),
    for: rule.for,
    labels: labelsOf(context, severities[alert] ?? rule.severity, alertLabels),
    annotations: { summary, description, runbook_url: `${runbookUrl}${alert.toLowerCase()}` },
  };
}

function ownRules(context: AlertContext, { rules, alertLabels }: AlertsState): Rule[] {
  return rules.map(({ name, expr, after, severity = NatsAlertSeverity.WARNING, summary, description, runbookUrl }) => ({
    alert: name,
    expr: expression(expr),
    for: after && goDuration(millisecondsOf(after)!),
    labels: labelsOf(context, severity, alertLabels),
    annotations: { summary, ...description && { description }, ...runbookUrl && { runbook_url: runbookUrl } },
  }));
}

/** An AlertmanagerConfig gets only alerts that have the label of its namespace, which what is summed up over servers has lost. */
function labelsOf({ namespace, state }: AlertContext, severity: NatsAlertSeverity, more: AlertsState['alertLabels']): { [label: string]: string } {
  return { ...more, severity, namespace, nats_cluster: state.name };
}

function expression(expr: string): Expression {
  return prometheus.PrometheusRuleSpecGroupsRulesExpr.fromString(expr);
}
