import { createHash } from 'crypto';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { NatsDashboard, possibleDashboards, renderDashboard } from './dashboards/boards';
import { GrafanaOperatorOptions, NatsDashboardsProps } from './dashboards/dashboards-props';
import { MonitoredCluster, monitoredCluster } from './monitored-cluster';
import { fractionalMilliseconds, goDuration } from '../core/go-duration';
import { kubeObject } from '../core/kube-object';
import { defineRule, RuleLevel } from '../core/rule';
import { objectLabels } from '../nats/labels';

export const DASHBOARD = defineRule({
  id: 'DASHBOARD',
  level: RuleLevel.ERROR,
  statement: 'A dashboard shows what the exporters tell, in a Grafana that is chosen by labels.',
  source: 'https://grafana.github.io/grafana-operator/docs/api/: an empty selector selects every Grafana',
});

/**
 * Dashboards for NATS clusters: a ConfigMap each, which the sidecar of Grafana finds by its label. Data source and cluster are chosen in the dashboard; what is replicated counts once.
 *
 * They read what `NatsScraping` lets Prometheus scrape.
 *
 * @see https://github.com/grafana/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards
 */
export class NatsDashboards extends Construct {
  /** The ConfigMaps. */
  public readonly configMaps: ApiObject[];
  /** The resources of grafana-operator, where asked. */
  public readonly grafanaDashboards: ApiObject[];

  constructor(scope: Construct, id: string, private readonly props: NatsDashboardsProps) {
    super(scope, id);
    const monitored = monitoredCluster(this, props.cluster);
    const possible = possibleDashboards(monitored);
    const { dashboards = possible, grafanaOperator } = props;
    const impossible = dashboards.find((dashboard) => !possible.includes(dashboard));
    if (impossible !== undefined) {
      throw DASHBOARD.error(this, {
        what: `dashboards has '${impossible}', and the exporters of ${props.cluster.node.path} do not tell what it shows`,
        allowed: possible.join(', '),
        fix: 'give the cluster jetStream, and a jetStreamDetail of its exporter that tells of streams',
      });
    }
    if (grafanaOperator && Object.keys(grafanaOperator.instanceLabels).length === 0) {
      throw DASHBOARD.error(this, { what: 'grafanaOperator.instanceLabels is empty, and selects every Grafana', allowed: 'the labels of one', fix: 'give instanceLabels: { dashboards: \'grafana\' }' });
    }
    this.configMaps = dashboards.map((dashboard) => this.configMap(monitored, dashboard));
    this.grafanaDashboards = grafanaOperator ? dashboards.map((dashboard) => this.grafanaDashboard(monitored, dashboard, grafanaOperator)) : [];
  }

  private configMap(monitored: MonitoredCluster, dashboard: NatsDashboard): ApiObject {
    const { sidecarLabels = { grafana_dashboard: '1' }, folder } = this.props;
    const { namespace, job, state } = monitored;
    const uid = createHash('sha256').update(`${job}/${this.node.path}/${dashboard}`).digest('hex').slice(0, 32);
    return kubeObject(this, dashboard, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        ...this.identity(monitored, dashboard),
        labels: { ...sidecarLabels, ...objectLabels(state.podLabels) },
        annotations: folder === undefined ? undefined : { grafana_folder: folder },
      },
      // The sidecar writes all files into one folder.
      data: { [fileName(namespace, state.name, dashboard)]: JSON.stringify(renderDashboard(dashboard, uid, job)) },
    });
  }

  private grafanaDashboard(monitored: MonitoredCluster, dashboard: NatsDashboard, options: GrafanaOperatorOptions): ApiObject {
    const { state, namespace } = monitored;
    const { instanceLabels, allowCrossNamespaceImport = true, resyncPeriod } = options;
    const identity = this.identity(monitored, dashboard);
    return kubeObject(this, `grafana-${dashboard}`, {
      apiVersion: 'grafana.integreatly.org/v1beta1',
      kind: 'GrafanaDashboard',
      metadata: { ...identity, labels: objectLabels(state.podLabels) },
      spec: {
        instanceSelector: { matchLabels: instanceLabels },
        allowCrossNamespaceImport,
        folder: this.props.folder,
        resyncPeriod: resyncPeriod && goDuration(fractionalMilliseconds(resyncPeriod)),
        configMapRef: { name: identity.name, key: fileName(namespace, state.name, dashboard) },
      },
    });
  }

  private identity({ namespace, state }: MonitoredCluster, dashboard: NatsDashboard): { name: string; namespace: string } {
    return { name: `${this.props.name ?? state.name}-dashboard-${dashboard}`, namespace: this.props.namespace ?? namespace };
  }
}

function fileName(namespace: string, cluster: string, dashboard: NatsDashboard): string {
  return `${namespace}-${cluster}-${dashboard}.json`;
}
