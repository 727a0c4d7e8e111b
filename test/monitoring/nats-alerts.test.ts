import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Chart, Duration, Size } from 'cdk8s';
import { operatorMode, scrapers, specOf, watchedCluster } from './support';
import {
  AckPolicy, JetStreamAccount, JetStreamController, JetStreamControllerScraping, JetStreamCredentials, JetStreamDetail, JetStreamStream,
  JetStreamTarget, KeyValueBucket, NatsAccountLimits, NatsAlertGroup, NatsAlerts, NatsAlertSeverity, NatsAlertsProps, NatsCluster,
  NatsExporterOptions, NatsRemoteGateway, SchemaCheck, SecretKey,
} from '../../src';
import { ALERT_NAMES } from '../../src/monitoring/alerts/names';
import { Manifest, newChart, newCluster, podOf, someAuth, someUser } from '../support';

function alertsOf(cluster: NatsCluster, options: Partial<NatsAlertsProps> = {}): NatsAlerts {
  SchemaCheck.enable(cluster.node.root as App);
  return new NatsAlerts(Chart.of(cluster), 'alerts', { cluster, ...options });
}

/** The rules of a cluster by the names of groups. */
function rulesOf(cluster: NatsCluster, options: Partial<NatsAlertsProps> = {}): { [group: string]: Manifest[] } {
  alertsOf(cluster, options);
  return Object.fromEntries(specOf(cluster, 'PrometheusRule').groups.map(({ name, rules }: Manifest) => [name, rules]));
}

const named = (rules: Manifest[] = [], name: string) => rules.filter(({ alert }) => alert === name);
const names = (groups: { [group: string]: Manifest[] }) => Object.values(groups).flat().map(({ alert }) => alert);

test('an alert says where it belongs, what is wrong and where it is written what to do', () => {
  const { 'nats-servers': servers } = rulesOf(watchedCluster(), { alertLabels: { team: 'messaging' } });
  expect(named(servers, 'NatsServerDown')).toEqual([{
    alert: 'NatsServerDown',
    expr: 'up{job="messaging/nats"} == 1 unless on (job, pod) nats_connz_limit{job="messaging/nats"}',
    for: '1m',
    labels: { severity: 'critical', namespace: 'messaging', nats_cluster: 'nats', team: 'messaging' },
    annotations: {
      summary: 'NATS server {{ $labels.pod }} is down',
      description: 'The exporter of {{ $labels.pod }} answers, and the server beside it does not.',
      runbook_url: 'https://github.com/cdk8s-nats/cdk8s-nats/blob/main/docs/runbooks.md#natsserverdown',
    },
  }]);
});

describe('what is declared is expected', () => {
  test('as many servers as there are, and a quorum of them', () => {
    const { 'nats-servers': servers, 'nats-network': network } = rulesOf(watchedCluster({ replicas: 5 }));
    expect(named(servers, 'NatsServersMissing')[0].expr).toBe('(count(nats_connz_limit{job="messaging/nats"}) or vector(0)) < 5');
    expect(named(servers, 'NatsQuorumLost')[0].expr).toBe('(count(nats_connz_limit{job="messaging/nats"}) or vector(0)) < 3');
    expect(named(network, 'NatsPeersMissing')[0].expr).toBe('nats_varz_remotes{job="messaging/nats"} < 4 and on (job, pod) nats_connz_limit{job="messaging/nats"}');
  });

  test('one server alone has no peers, and JetStream no meta group', () => {
    const found = names(rulesOf(watchedCluster({ replicas: 1 })));
    expect(found).toContain('NatsAllServersDown');
    for (const absent of ['NatsQuorumLost', 'NatsServersMissing', 'NatsPeersMissing', 'NatsMetaLeaderMissing', 'NatsStreamReplicaMissing', 'NatsVersionSkew']) expect(found).not.toContain(absent);
  });

  test('without JetStream, nothing of it', () => {
    expect(Object.keys(rulesOf(newCluster({ exporter: { scrapers } })))).toEqual(['nats-servers', 'nats-network', 'nats-pods']);
  });

  test('streams, buckets and consumers, those that come after the alerts among them', () => {
    const cluster = watchedCluster({ accounts: [{ name: 'ORDERS', users: [{ name: 'admin', ...someUser }] }] });
    const chart = Chart.of(cluster);
    alertsOf(cluster);
    const target = JetStreamTarget.account(cluster.node.findChild('account-ORDERS') as never);
    const orders = new JetStreamStream(chart, 'orders', { target, subjects: ['orders.>'], replicas: 1 });
    orders.addConsumer('billing', { maxAckPending: 20 });
    orders.addConsumer('audit', { ackPolicy: AckPolicy.NONE, inactiveThreshold: Duration.hours(1) });
    new KeyValueBucket(chart, 'carts', { target, maxBytes: Size.mebibytes(1) });
    const groups = specOf(cluster, 'PrometheusRule').groups as Manifest[];
    const declared = groups.flatMap(({ rules }) => rules).filter(({ record }) => record);
    const stream = { job: 'messaging/nats', account: 'ORDERS', stream_name: 'orders' };
    expect(declared).toEqual([
      { record: 'nats:stream_replicas:declared', expr: 'vector(1)', labels: { ...stream, limit: 'soft' } },
      { record: 'nats:stream_replicas:declared', expr: 'vector(3)', labels: { ...stream, stream_name: 'KV_carts', limit: 'hard' } },
      { record: 'nats:consumer_max_ack_pending:declared', expr: 'vector(20)', labels: { ...stream, consumer_name: 'billing', mode: 'pull', life: 'lasting' } },
      { record: 'nats:consumer_max_ack_pending:declared', expr: 'vector(+Inf)', labels: { ...stream, consumer_name: 'audit', mode: 'pull', life: 'while used' } },
    ]);
  });

  test('streams outside of accounts are in the global one, and consumers have the lowest of the limits', () => {
    const cluster = watchedCluster({ jetStream: { limits: { maxAckPending: 200 } } });
    const stream = new JetStreamStream(Chart.of(cluster), 'orders', { target: JetStreamTarget.cluster(cluster), subjects: ['orders.>'] });
    const billing = stream.addConsumer('billing');
    const { 'nats-consumers': consumers } = rulesOf(cluster, { consumers: [{ consumer: billing, pending: 5, redelivered: 0 }] });
    const labels = { job: 'messaging/nats', account: '$G', stream_name: 'orders', consumer_name: 'billing' };
    expect(consumers.slice(0, 3)).toEqual([
      { record: 'nats:consumer_max_ack_pending:declared', expr: 'vector(200)', labels: { ...labels, mode: 'pull', life: 'lasting' } },
      { record: 'nats:consumer_max_pending:declared', expr: 'vector(5)', labels },
      { record: 'nats:consumer_max_redelivered:declared', expr: 'vector(0)', labels },
    ]);
  });

  test('streams that are placed in another cluster are expected there', () => {
    const cluster = watchedCluster({ clusterName: 'east', serverNamePrefix: 'east-', gateway: { peers: scrapers } });
    const target = JetStreamTarget.cluster(cluster);
    for (const place of ['east', 'west']) {
      new JetStreamStream(Chart.of(cluster), place, { target, subjects: [place], placement: { cluster: place } }).addConsumer('reader');
    }
    const { 'nats-streams': streams, 'nats-consumers': consumers } = rulesOf(cluster);
    expect([...streams, ...consumers].filter(({ record }) => record).map(({ labels }) => labels.stream_name)).toEqual(['east', 'east']);
  });

  test('gateways to other clusters, and as many from them as those have servers', () => {
    const props = { auth: someAuth, exporter: { scrapers }, gateway: { peers: scrapers } };
    const chart = newChart();
    const east = new NatsCluster(chart, 'east', { ...props, clusterName: 'east', serverNamePrefix: 'east-' });
    const west = new NatsCluster(chart, 'west', { ...props, replicas: 5, clusterName: 'west', serverNamePrefix: 'west-' });
    const alerts = new NatsAlerts(chart, 'alerts', { cluster: west });
    east.addRemoteGateway(NatsRemoteGateway.cluster(west));
    east.addRemoteGateway(NatsRemoteGateway.urls('south', ['nats://south.example.com:7222']));
    new NatsAlerts(chart, 'alerts-east', { cluster: east });
    const inbound = (name: string) => specOf(east, 'PrometheusRule', name).groups.flatMap(({ rules }: Manifest) => rules)
      .filter(({ alert }: Manifest) => /^NatsGateway/.test(alert)).map(({ alert, expr }: Manifest) => [alert, /remote_gateway_name="(\w+)"/.exec(expr)![1], / < (\d)$/.exec(expr)?.[1]]);
    expect(inbound('east')).toEqual([['NatsGatewayMissing', 'south', undefined], ['NatsGatewayMissing', 'west', undefined], ['NatsGatewayInboundMissing', 'west', '5']]);
    expect(inbound('west')).toEqual([['NatsGatewayMissing', 'east', undefined], ['NatsGatewayInboundMissing', 'east', '3']]);
    expect(alerts.apiObject.name).toBe('west');
  });

  test('leaf nodes of this cluster and of others that lead here', () => {
    const chart = newChart();
    const hub = new NatsCluster(chart, 'hub', { auth: someAuth, exporter: { scrapers }, leafNodes: { listen: true, peers: scrapers } });
    const leaf = new NatsCluster(chart, 'leaf', { auth: someAuth, exporter: { scrapers }, replicas: 5, leafNodes: { remotes: [{ cluster: hub }, { urls: ['nats://elsewhere:7422'] }] } });
    for (const cluster of [hub, leaf]) new NatsAlerts(chart, `alerts-${cluster.node.id}`, { cluster });
    const expected = ['hub', 'leaf'].map((name) => specOf(hub, 'PrometheusRule', name).groups.flatMap(({ rules }: Manifest) => named(rules, 'NatsLeafNodesMissing'))[0].expr);
    expect(expected).toEqual(['sum by (job) (nats_leafz_conn_nodes_total{job="messaging/hub"}) < 5', 'sum by (job) (nats_leafz_conn_nodes_total{job="messaging/leaf"}) < 10']);
  });

  test.each([
    [JetStreamDetail.ACCOUNTS, ['nats-servers', 'nats-network', 'nats-jetstream', 'nats-storage', 'nats-pods']],
    [JetStreamDetail.STREAMS, ['nats-servers', 'nats-network', 'nats-jetstream', 'nats-storage', 'nats-streams', 'nats-pods', 'nats-controller']],
  ])('no more than an exporter tells with %s', (jetStreamDetail, groups) => {
    const cluster = watchedCluster({ exporter: { scrapers, jetStreamDetail } });
    if (jetStreamDetail === JetStreamDetail.STREAMS) {
      new JetStreamStream(Chart.of(cluster), 'orders', { target: JetStreamTarget.cluster(cluster), subjects: ['orders.>'] }).addConsumer('billing');
    }
    const rules = rulesOf(cluster);
    expect(Object.keys(rules)).toEqual(groups);
    expect(names(rules)).not.toContain('NatsStreamNearByteLimit');
  });
});

describe('limits of the clients of accounts', () => {
  const clusterWith = (limits?: NatsAccountLimits) => watchedCluster({ accounts: [{ name: 'ORDERS', limits, users: [{ name: 'admin', ...someUser }] }] });
  const of = (metric: string) => `${metric}{job="messaging/nats"}`;

  test('are those of the program', () => {
    const { 'nats-servers': rules } = rulesOf(clusterWith({ maxConnections: 50 }));
    expect(rules[0]).toEqual({ record: 'nats:account_max_connections:declared', expr: 'vector(50)', labels: { job: 'messaging/nats', account: 'ORDERS' } });
    expect(named(rules, 'NatsAccountConnectionsHigh')[0].expr).toBe(
      `sum by (job, account) (${of('nats_accstatz_current_connections')}) / on (job, account) ${of('nats:account_max_connections:declared')} > 0.9`,
    );
  });

  test('are told by the servers in operator mode', () => {
    const operated = (exporter: Partial<NatsExporterOptions> = {}) => watchedCluster({
      auth: operatorMode(), exporter: { scrapers, ...exporter },
    });
    const { 'nats-servers': rules } = rulesOf(operated());
    expect(named(rules, 'NatsAccountConnectionsHigh')[0].expr).toBe(
      `sum by (job, account) (${of('nats_accstatz_current_connections')}) / on (job, account) (max by (job, account) (${of('nats_accountz_limit_conn')}) > 0) > 0.9`,
    );
    const silent = operated({ accountLimits: false });
    expect(names(rulesOf(silent))).not.toContain('NatsAccountConnectionsHigh');
    const argsOf = (cluster: NatsCluster) => podOf(cluster).spec.containers.find(({ name }: Manifest) => name === 'prom-exporter').args;
    expect([operated(), silent].map((cluster) => argsOf(cluster).includes('-accountz'))).toEqual([true, false]);
  });

  test('are none that nobody gives', () => {
    for (const limits of [undefined, { maxSubscriptions: 10 }, { maxConnections: 0 }]) expect(names(rulesOf(clusterWith(limits)))).not.toContain('NatsAccountConnectionsHigh');
  });

  test('are not asked of servers that do not tell them', () => {
    expect(() => watchedCluster({ exporter: { scrapers, accountLimits: true } })).toThrow(
      '[test/nats] exporter.accountLimits is true, and the servers tell no limits of accounts that are in their configuration; allowed: it in operator mode; fix: leave it out: alerts know these limits',
    );
  });
});

test('a controller that is scraped is watched, if it is that of the cluster', () => {
  const [cluster, other] = [newCluster({ jetStream: {}, exporter: { scrapers } }), watchedCluster()];
  const chart = Chart.of(cluster);
  const elsewhere = NatsCluster.fromUrl(chart, 'elsewhere', 'nats://elsewhere.example.com', {});
  for (const [id, servers] of [['nack', cluster], ['other', elsewhere]] as const) {
    new JetStreamControllerScraping(chart, `${id}-scraping`, { controller: new JetStreamController(chart, id, { cluster: servers, scrapers, watchNamespace: id }) });
  }
  const { 'nats-controller': rules } = rulesOf(cluster);
  expect(named(rules, 'NackReconcileErrors')[0]).toMatchObject({
    expr: 'sum by (job, controller) (increase(controller_runtime_reconcile_errors_total{job="messaging/nack"}[20m])) > 0', for: '25m',
  });
  expect(names(rulesOf(other))).not.toContain('NackReconcileErrors');
});

test('streams in an account that credentials lead to are expected where its name is said', () => {
  const cluster = watchedCluster({ auth: operatorMode() });
  const chart = Chart.of(cluster);
  const credentials = JetStreamCredentials.creds(SecretKey.fromName('nack', 'nack.creds'));
  for (const [id, accountName] of [['orders', 'ORDERS'], ['unsaid', undefined]]) {
    const target = JetStreamTarget.connection(new JetStreamAccount(chart, `${id}-account`, { cluster, credentials, accountName }));
    new JetStreamStream(chart, id!, { target, subjects: [`${id}.>`] }).addConsumer('billing');
  }
  const rules = rulesOf(cluster);
  const declared = (group: string) => rules[group].filter(({ record }) => record).map(({ labels }) => [labels.account, labels.stream_name]);
  expect([declared('nats-streams'), declared('nats-consumers')]).toEqual([[['ORDERS', 'orders']], [['ORDERS', 'orders']]]);
});

test('groups, single alerts, thresholds and severities are as said', () => {
  const rules = rulesOf(watchedCluster(), {
    groups: [NatsAlertGroup.SERVERS, NatsAlertGroup.STORAGE],
    exclude: ['NatsServerStarted'],
    thresholds: { connections: 0.5, certificateExpiry: Duration.days(7) },
    severities: { NatsConnectionsHigh: NatsAlertSeverity.CRITICAL },
    runbookUrl: 'https://wiki.example.com/nats/',
  });
  expect(Object.keys(rules)).toEqual(['nats-servers', 'nats-storage']);
  expect(names(rules)).not.toContain('NatsServerStarted');
  const [high] = named(rules['nats-servers'], 'NatsConnectionsHigh');
  expect(high.expr).toContain(' > 0.5 and on');
  expect(high.labels.severity).toBe('critical');
  expect(high.annotations.runbook_url).toBe('https://wiki.example.com/nats/natsconnectionshigh');
});

test('alerts of the app\'s own stand beside those of the catalogue', () => {
  const { 'nats-own': own } = rulesOf(watchedCluster(), {
    rules: [{ name: 'OrdersQuiet', expr: 'rate(nats_stream_last_seq[5m]) == 0', after: Duration.minutes(90), severity: NatsAlertSeverity.INFO, summary: 'No orders', runbookUrl: 'https://wiki.example.com' }],
  });
  expect(own).toEqual([{
    alert: 'OrdersQuiet',
    expr: 'rate(nats_stream_last_seq[5m]) == 0',
    for: '1h30m',
    labels: { severity: 'info', namespace: 'messaging', nats_cluster: 'nats' },
    annotations: { summary: 'No orders', runbook_url: 'https://wiki.example.com' },
  }]);
});

test('every alert has a runbook: what it means, likely causes, what to look at and what to do', () => {
  const text = readFileSync(join(__dirname, '../../docs/runbooks.md'), 'utf8');
  const sections = new Map(text.split(/^### /m).slice(1).map((section) => [section.slice(0, section.indexOf('\n')), section]));
  expect([...sections.keys()].sort()).toEqual([...ALERT_NAMES].sort());
  const incomplete = [...sections].filter(([, section]) => !['**Meaning.**', '**Likely causes.**', '**Look at.**', '**Do.**'].every((part) => section.includes(part)));
  expect(incomplete.map(([name]) => name)).toEqual([]);
});

test('nothing in it would Flux replace', () => {
  const cluster = watchedCluster();
  alertsOf(cluster);
  expect(JSON.stringify(specOf(cluster, 'PrometheusRule'))).not.toMatch(/\$\{|\$\$/);
});

describe('bad input', () => {
  test.each<[string, Partial<NatsAlertsProps>, string]>([
    ['a share above 1', { thresholds: { storage: 1.5 } }, 'thresholds.storage is 1.5; allowed: a share above 0 and up to 1, such as 0.9 [ALERT-THRESHOLD]'],
    ['a share of nothing', { thresholds: { connections: 0 } }, 'thresholds.connections is 0; allowed: a share above 0 and up to 1, such as 0.9 [ALERT-THRESHOLD]'],
    ['no number', { thresholds: { cpu: NaN } }, 'thresholds.cpu is NaN;'],
    ['half a message', { thresholds: { replicaLag: 0.5 } }, 'thresholds.replicaLag is 0.5; allowed: a whole number from 0 [ALERT-THRESHOLD]'],
    ['what is critical before the warning', { thresholds: { storage: 0.95 } }, 'thresholds.storageCritical is 0.9, and thresholds.storage 0.95; allowed: a storageCritical that is reached after storage [ALERT-THRESHOLD]'],
    ['days the other way round', { thresholds: { certificateExpiry: Duration.days(2) } }, 'thresholds.certificateExpiryCritical is 259200, and thresholds.certificateExpiry 172800;'],
    ['no time', { thresholds: { originSilence: Duration.millis(0) } }, 'thresholds.originSilence is 0 s; allowed: a time above 0'],
    ['an unknown severity', { severities: { NatsCpuHigh: 'fatal' as NatsAlertSeverity } }, "severities.NatsCpuHigh is 'fatal'; allowed: critical, warning, info [ALERT-SEVERITY]"],
    ['an unknown severity of an own alert', { rules: [{ name: 'A', expr: 'up', summary: 'a', severity: 'page' as NatsAlertSeverity }] }, "the severity of A in rules is 'page'; allowed: critical, warning, info [ALERT-SEVERITY]"],
    ['a severity of an alert that there is not', { severities: { NatsCpuHihg: NatsAlertSeverity.INFO } }, 'severities names NatsCpuHihg, and there is no such alert; allowed: the names in docs/runbooks.md; fix: write NatsCpuHigh [ALERT-NAME]'],
    ['an exclusion of nothing', { exclude: ['NatsServersDown'] }, 'exclude names NatsServersDown, and there is no such alert; allowed: the names in docs/runbooks.md; fix: write NatsServerDown [ALERT-NAME]'],
    ['a name of the catalogue', { rules: [{ name: 'NatsCpuHigh', expr: 'up', summary: 'a' }] }, 'rules has an alert named NatsCpuHigh, and there is one of this name; allowed: a name of its own; fix: rename it'],
    ['a name twice', { rules: [{ name: 'A', expr: 'up', summary: 'a' }, { name: 'A', expr: 'down', summary: 'b' }] }, 'rules has an alert named A, and there is one of this name'],
    ['a name with spaces', { rules: [{ name: 'a b', expr: 'up', summary: 'a' }] }, "rules has an alert named 'a b'; allowed: letters, digits and _, not beginning with a digit [ALERT-NAME]"],
    ['an alert on nothing', { rules: [{ name: 'A', expr: ' ', summary: 'a' }] }, 'the alert A of rules has an empty expr; allowed: an expression in PromQL [ALERT-NAME]'],
    ['a fraction of a millisecond', { rules: [{ name: 'A', expr: 'up', summary: 'a', after: Duration.millis(0.5) }] }, 'after of A in rules is 0.5 ms; allowed: whole milliseconds [ALERT-TIME]'],
    ['a label of this library', { alertLabels: { severity: 'page' } }, 'alertLabels has severity; allowed: letters, digits and _, not beginning with a digit; not severity, namespace, nats_cluster; fix: give severities [ALERT-LABEL]'],
    ['a label that Prometheus does not take', { alertLabels: { 'my-team': 'a' } }, 'alertLabels has my-team;'],
    ['labels that the Prometheus does not select', { labels: { release: 'a' }, selectedBy: { release: 'b' } }, "PrometheusRule is selected by release: 'b', and this one has release: 'a';"],
  ])('%s', (_, options, message) => expect(() => alertsOf(watchedCluster(), options)).toThrow(message));

  test('a cluster without an exporter', () => {
    expect(() => alertsOf(newCluster())).toThrow('the cluster test/nats has no exporter, and so no metrics;');
  });

  test('thresholds of a consumer of another cluster, or twice', () => {
    const consumerOf = (cluster: NatsCluster) => new JetStreamStream(Chart.of(cluster), 'orders', { target: JetStreamTarget.cluster(cluster), subjects: ['orders.>'] }).addConsumer('billing');
    const [one, other] = [watchedCluster(), watchedCluster()];
    expect(() => alertsOf(one, { consumers: [{ consumer: consumerOf(other) }] })).toThrow('consumers names test/orders/billing, which is of another cluster; allowed: a consumer of test/nats [ALERT-CONSUMER]');
    const consumer = consumerOf(one);
    expect(() => new NatsAlerts(Chart.of(one), 'twice', { cluster: one, consumers: [{ consumer }, { consumer }] })).toThrow('consumers names test/orders/billing twice; allowed: each consumer once [ALERT-CONSUMER]');
    expect(() => new NatsAlerts(Chart.of(one), 'negative', { cluster: one, consumers: [{ consumer, pending: -1 }] })).toThrow('consumers: pending of billing is -1; allowed: a whole number from 0 [ALERT-THRESHOLD]');
  });

  test('rules that the operator could not keep', () => {
    const cluster = watchedCluster();
    const target = JetStreamTarget.cluster(cluster);
    for (let index = 0; index < 4000; index++) new JetStreamStream(Chart.of(cluster), `stream-${index}`, { target, subjects: [`s${index}`] });
    alertsOf(cluster);
    expect(() => (cluster.node.root as App).synthYaml()).toThrow(/the rules take \d+(\.\d+)? KiB, with one for each stream and consumer; allowed: 512 KiB; fix: leave NatsAlertGroup.CONSUMERS out of groups \[ALERTS-TOO-LARGE\]/);
  });
});
