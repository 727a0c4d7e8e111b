import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../core/rule';

export const PROMETHEUS_SELECTOR = defineRule({
  id: 'PROMETHEUS-SELECTOR',
  level: RuleLevel.ERROR,
  statement: 'An object for the Prometheus operator has the labels by which the Prometheus selects it, where those are told.',
  source: 'https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusSpec: an object that is not selected is ignored without a word',
});

/** What all objects for the Prometheus operator may be given. */
export interface PrometheusObjectOptions {
  /**
   * Name of the object.
   * @default - the cluster's, or the controller's
   */
  readonly name?: string;
  /**
   * Labels of the object, besides those that all objects of the cluster have; the Prometheus of kube-prometheus-stack asks for `release: <its release>`.
   * @default - none
   */
  readonly labels?: { [label: string]: string };
  /**
   * The labels by which the Prometheus selects objects of this kind: `matchLabels` of its `podMonitorSelector`, `serviceMonitorSelector` or `ruleSelector`. Labels of the
   * object that it would not select throw.
   * @default - not known, so that nothing is checked
   */
  readonly selectedBy?: { [label: string]: string };
}

/** Refuses an object with labels by which the Prometheus would not select it. */
export function checkSelected(scope: Construct, kind: string, labels: { [label: string]: string }, selectedBy: PrometheusObjectOptions['selectedBy']): void {
  for (const [label, wanted] of Object.entries(selectedBy ?? {})) {
    if (labels[label] === wanted) continue;
    throw PROMETHEUS_SELECTOR.error(scope, {
      what: `${kind} is selected by ${label}: '${wanted}', and this one has ${labels[label] === undefined ? `no label ${label}` : `${label}: '${labels[label]}'`}`,
      allowed: 'all labels of selectedBy',
      fix: `give labels: { '${label}': '${wanted}' }`,
    });
  }
}
