import { App, Chart, Duration } from 'cdk8s';
import { scrapers, watchedCluster } from './support';
import { JetStreamDetail, NatsCluster, NatsDashboard, NatsDashboards, NatsDashboardsProps } from '../../src';
import { Manifest, Manifests, newCluster } from '../support';

function dashboardsOf(cluster: NatsCluster, options: Partial<NatsDashboardsProps> = {}, id: string = 'dashboards'): NatsDashboards {
  return new NatsDashboards(Chart.of(cluster), id, { cluster, ...options });
}

const synthed = (cluster: NatsCluster) => Manifests.ofApp(cluster.node.root as App);
const mapsOf = (cluster: NatsCluster) => synthed(cluster).all.filter(({ kind, metadata }) => kind === 'ConfigMap' && /-dashboard-/.test(metadata.name));
const read = ({ data }: Manifest): Manifest => JSON.parse(Object.values<string>(data)[0]);

test('a ConfigMap for each dashboard, which the sidecar of Grafana finds', () => {
  const cluster = watchedCluster();
  dashboardsOf(cluster, { folder: 'NATS' });
  const found = mapsOf(cluster).map(({ metadata: { name, namespace, labels, annotations }, data }) => [
    name, namespace, labels.grafana_dashboard, annotations.grafana_folder, ...Object.keys(data),
  ]);
  expect(found).toEqual(
    ['overview', 'jetstream', 'streams', 'accounts'].map((name) => [`nats-dashboard-${name}`, 'messaging', '1', 'NATS', `messaging-nats-${name}.json`]),
  );
});

test('data source and cluster are chosen, the cluster of this app first', () => {
  const cluster = watchedCluster();
  dashboardsOf(cluster);
  for (const { templating, panels } of mapsOf(cluster).map(read)) {
    const [datasource, chosen] = templating.list;
    expect(datasource).toMatchObject({ name: 'datasource', type: 'datasource', query: 'prometheus' });
    expect(chosen).toMatchObject({ name: 'cluster', query: 'label_values(nats_connz_limit, job)', current: { value: 'messaging/nats' } });
    const queries = panels.flatMap(({ targets = [] }: Manifest) => targets);
    expect(queries.filter(({ datasource: { uid } }: Manifest) => uid !== '$datasource')).toEqual([]);
    expect(queries.filter(({ expr }: Manifest) => !/job="\$cluster"|ALERTS\{/.test(expr))).toEqual([]);
  }
});

test('each has an identity of its own, which stays', () => {
  const uids = (cluster: NatsCluster) => mapsOf(cluster).map((map) => read(map).uid);
  const [one, other] = [watchedCluster(), watchedCluster()];
  for (const cluster of [one, other]) dashboardsOf(cluster);
  dashboardsOf(other, { name: 'more' }, 'more');
  expect(uids(other).slice(0, 4)).toEqual(uids(one));
  expect(new Set(uids(other)).size).toBe(8);
  expect(uids(one).every((uid) => uid.length <= 40)).toBe(true);
});

test('panels stand beside and below each other', () => {
  const cluster = watchedCluster();
  dashboardsOf(cluster);
  for (const { title, panels } of mapsOf(cluster).map(read)) {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }: Manifest) => Array.from({ length: w * h }, (_, cell) => `${x + cell % w},${y + Math.floor(cell / w)}`));
    expect([title, cells.length - new Set(cells).size]).toEqual([title, 0]);
    expect(panels.every(({ gridPos: { x, w } }: Manifest) => x + w <= 24)).toBe(true);
  }
});

test('nothing in them would Flux replace', () => {
  const cluster = watchedCluster();
  dashboardsOf(cluster);
  expect(JSON.stringify(mapsOf(cluster))).not.toMatch(/\$\{|\$\$|\[\[/);
});

test('labels for another sidecar, and another namespace', () => {
  const cluster = watchedCluster();
  dashboardsOf(cluster, { namespace: 'monitoring', name: 'team', sidecarLabels: { dashboards: 'yes' }, dashboards: [NatsDashboard.OVERVIEW] });
  expect(mapsOf(cluster)).toMatchObject([{ metadata: { name: 'team-dashboard-overview', namespace: 'monitoring', labels: { dashboards: 'yes' } } }]);
  expect(mapsOf(cluster)[0].metadata.labels).not.toHaveProperty('grafana_dashboard');
});

test('grafana-operator reads the same ConfigMaps', () => {
  const cluster = watchedCluster();
  const { grafanaDashboards } = dashboardsOf(cluster, {
    folder: 'NATS', dashboards: [NatsDashboard.STREAMS], grafanaOperator: { instanceLabels: { dashboards: 'grafana' }, resyncPeriod: Duration.minutes(5) },
  });
  expect(grafanaDashboards).toHaveLength(1);
  expect(synthed(cluster).get('GrafanaDashboard', 'nats-dashboard-streams')).toMatchObject({
    apiVersion: 'grafana.integreatly.org/v1beta1',
    metadata: { namespace: 'messaging' },
    spec: {
      instanceSelector: { matchLabels: { dashboards: 'grafana' } },
      allowCrossNamespaceImport: true,
      folder: 'NATS',
      resyncPeriod: '5m',
      configMapRef: { name: 'nats-dashboard-streams', key: 'messaging-nats-streams.json' },
    },
  });
});

test.each<[string, NatsCluster, string[]]>([
  ['without JetStream', newCluster({ exporter: { scrapers } }), ['overview', 'accounts']],
  ['that tells of no streams', watchedCluster({ exporter: { scrapers, jetStreamDetail: JetStreamDetail.ACCOUNTS } }), ['overview', 'jetstream', 'accounts']],
])('a cluster %s', (_, cluster, names) => {
  expect(dashboardsOf(cluster).configMaps.map(({ node }) => node.id)).toEqual(names);
});

describe('bad input', () => {
  test('a dashboard on what nobody tells', () => {
    expect(() => dashboardsOf(newCluster({ exporter: { scrapers } }), { dashboards: [NatsDashboard.STREAMS] }))
      .toThrow("dashboards has 'streams', and the exporters of test/nats do not tell what it shows; allowed: overview, accounts; fix: give the cluster jetStream, and a jetStreamDetail of its exporter that tells of streams [DASHBOARD]");
  });

  test('every Grafana', () => {
    expect(() => dashboardsOf(watchedCluster(), { grafanaOperator: { instanceLabels: {} } }))
      .toThrow("grafanaOperator.instanceLabels is empty, and selects every Grafana; allowed: the labels of one; fix: give instanceLabels: { dashboards: 'grafana' } [DASHBOARD]");
  });

  test('a cluster without an exporter', () => expect(() => dashboardsOf(newCluster())).toThrow('the cluster test/nats has no exporter, and so no metrics;'));
});
