import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { NatsAlertsProps } from './alerts/alert-props';
import { AlertContext, alertContext } from './alerts/alert-rule';
import { catalogue } from './alerts/catalogue';
import { ConsumerThresholds, consumerThresholds } from './alerts/consumer-thresholds';
import { renderAlerts } from './alerts/render-alerts';
import { AlertsState, resolveAlerts } from './alerts/resolve-alerts';
import { resolveThresholds } from './alerts/thresholds';
import { monitoredCluster } from './monitored-cluster';
import { checkSelected } from './scraping/prometheus-selector';
import * as prometheus from '../../imports/monitoring.coreos.com';
import { readableBytes } from '../core/bytes';
import { foundOnce } from '../core/found-once';
import { kubeObject } from '../core/kube-object';
import { Mistake } from '../core/mistake';
import { defineRule, RuleLevel } from '../core/rule';
import { checkAtSynth } from '../core/rules';
import { ServerAssets } from '../jetstream/assets/server-assets';
import { objectLabels } from '../nats/labels';

export const ALERTS_TOO_LARGE = defineRule({
  id: 'ALERTS-TOO-LARGE',
  level: RuleLevel.ERROR,
  statement: 'The rules of a cluster fit into half a MiB.',
  source: 'prometheus-operator keeps the rules of each PrometheusRule in one ConfigMap: "rule file is too large for a single Kubernetes ConfigMap"',
});

const MAX_BYTES = 2 ** 19;

/**
 * Alerts on a cluster: a PrometheusRule made from what the app declares of it, with all streams and consumers that it describes by the end. Each alert leads to a runbook.
 *
 * They read what `NatsScraping` lets Prometheus scrape. Those on pods, volumes, certificates, resources of NACK and objects of Flux read kube-state-metrics, the kubelet and cert-manager, and
 * are silent where those are not scraped.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export class NatsAlerts extends Construct {
  /** The PrometheusRule. */
  public readonly apiObject: ApiObject;
  private readonly context: AlertContext;
  private readonly state: AlertsState;
  private readonly consumers: ConsumerThresholds;

  constructor(scope: Construct, id: string, props: NatsAlertsProps) {
    super(scope, id);
    const { cluster, labels, selectedBy, thresholds, consumers } = props;
    const monitored = monitoredCluster(this, cluster);
    this.context = alertContext(monitored, resolveThresholds(this, thresholds));
    this.state = resolveAlerts(this, props);
    this.consumers = consumerThresholds(this, cluster, consumers);
    const { namespace, state } = monitored;
    const metadata = { name: props.name ?? state.name, namespace, labels: { ...labels, ...objectLabels(state.podLabels) } };
    checkSelected(this, 'PrometheusRule', metadata.labels, selectedBy);
    this.apiObject = kubeObject(this, 'Resource', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata,
      spec: Lazy.any({ produce: () => prometheus.toJson_PrometheusRuleSpec(this.render()) }),
    });
    const described = () => ServerAssets.accountsOf(cluster).reduce((sum, { revision }) => sum + revision, 0);
    checkAtSynth(this, ALERTS_TOO_LARGE, foundOnce(described, () => this.sizeFindings()));
  }

  private render(): prometheus.PrometheusRuleSpec {
    return renderAlerts(this.context, catalogue(this.context, this.state.groups, this.consumers), this.state);
  }

  private sizeFindings(): Mistake[] {
    const bytes = JSON.stringify(prometheus.toJson_PrometheusRuleSpec(this.render())).length;
    return bytes <= MAX_BYTES ? [] : [{
      what: `the rules take ${readableBytes(bytes)}, with one for each stream and consumer`, allowed: readableBytes(MAX_BYTES), fix: 'leave NatsAlertGroup.CONSUMERS out of groups',
    }];
  }
}
