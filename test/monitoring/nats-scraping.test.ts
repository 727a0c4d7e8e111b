import { App, Chart, Duration } from 'cdk8s';
import { operatorMode, scrapers, specOf, watchedCluster } from './support';
import {
  JetStreamController, JetStreamControllerOptions, JetStreamControllerScraping, NatsAuth, NatsCluster, NatsRelabelAction, NatsScraping,
  NatsScrapingMethod, NatsScrapingProps, SchemaCheck, SecretKey,
} from '../../src';
import { Manifests, newCluster } from '../support';

function scraped(options: Partial<NatsScrapingProps> = {}, cluster: NatsCluster = watchedCluster()) {
  SchemaCheck.enable(cluster.node.root as App);
  return { cluster, scraping: new NatsScraping(Chart.of(cluster), 'scraping', { cluster, ...options }) };
}

const podLabels = { 'app.kubernetes.io/name': 'nats', 'app.kubernetes.io/instance': 'nats', 'app.kubernetes.io/component': 'nats' };

test('a PodMonitor finds the exporters in the namespace of the cluster, whatever that of the chart is', () => {
  const cluster = watchedCluster();
  const elsewhere = new Chart(cluster.node.root, 'monitoring', { namespace: 'monitoring' });
  new NatsScraping(elsewhere, 'scraping', { cluster, labels: { release: 'prometheus' }, interval: Duration.minutes(1), scrapeTimeout: Duration.seconds(20), sampleLimit: 20_000, dropNoise: false });
  const { metadata, spec } = Manifests.of(elsewhere).get('PodMonitor', 'nats');
  expect(metadata).toMatchObject({ namespace: 'messaging', labels: { release: 'prometheus', ...podLabels } });
  expect(spec).toEqual({
    namespaceSelector: { matchNames: ['messaging'] },
    selector: { matchLabels: podLabels },
    sampleLimit: 20_000,
    podMetricsEndpoints: [{
      port: 'prom-metrics', interval: '60s', scrapeTimeout: '20s', relabelings: [{ targetLabel: 'job', replacement: 'messaging/nats' }], metricRelabelings: [],
    }],
  });
});

test('a ServiceMonitor finds them by a Service that leads to no client', () => {
  const { cluster, scraping } = scraped({ method: NatsScrapingMethod.SERVICE_MONITOR });
  const { spec, metadata } = Manifests.of(Chart.of(cluster)).get('Service', 'nats-metrics');
  expect(spec).toEqual({
    clusterIP: 'None', publishNotReadyAddresses: true, selector: podLabels, ports: [{ name: 'prom-metrics', port: 7777, targetPort: 'prom-metrics', appProtocol: 'http' }],
  });
  const { selector, endpoints } = specOf(cluster, 'ServiceMonitor');
  expect(metadata.labels).toMatchObject(selector.matchLabels);
  expect(Manifests.of(Chart.of(cluster)).all.filter(({ kind, metadata: { labels } }) =>
    kind === 'Service' && Object.entries(selector.matchLabels).every(([label, value]) => labels[label] === value))).toHaveLength(1);
  expect(endpoints).toMatchObject([{ port: 'prom-metrics', interval: '30s', scrapeTimeout: '10s' }]);
  expect(scraping.service!.name).toBe('nats-metrics');
});

test('what would only make series more, or rename them, is dropped', () => {
  const [{ metricRelabelings }] = specOf(scraped({
    relabelings: [{ targetLabel: 'cluster', replacement: 'eu-1' }],
    metricRelabelings: [{ sourceLabels: ['__name__'], regex: 'nats_gatewayz_.+', action: NatsRelabelAction.DROP }],
  }).cluster, 'PodMonitor').podMetricsEndpoints;
  expect(metricRelabelings).toEqual([
    { sourceLabels: ['__name__'], regex: '(go|process|promhttp)_.+|nats_subsz_.+|nats_varz_http_req_stats_.+', action: 'drop' },
    { sourceLabels: ['__name__', 'cluster'], regex: 'nats_(server|account|stream|consumer)_.+;nats', targetLabel: 'cluster', replacement: '' },
    { sourceLabels: ['__name__', 'meta_leader'], regex: 'nats_(account|stream|consumer)_.+;.*', targetLabel: 'meta_leader', replacement: '' },
    { sourceLabels: ['__name__', 'is_meta_leader'], regex: 'nats_(account|stream|consumer)_.+;.*', targetLabel: 'is_meta_leader', replacement: '' },
    { regex: 'server_id|account_id|account_name|stream_leader|consumer_leader|stream_raft_group|consumer_desc|exported_cluster', action: 'labeldrop' },
    { sourceLabels: ['__name__'], regex: 'nats_gatewayz_.+', action: 'drop' },
  ]);
});

test('in operator mode accounts have one name in all series, and are told apart by their keys', () => {
  const rulesWith = (options: Partial<NatsScrapingProps>) => specOf(scraped(options, watchedCluster({ auth: operatorMode() })).cluster, 'PodMonitor').podMetricsEndpoints[0].metricRelabelings;
  const names = { sourceLabels: ['__name__', 'account_name'], regex: 'nats_acc(?:oun|sta)tz_.+;(.+)', replacement: '$1', targetLabel: 'account' };
  expect(rulesWith({ dropNoise: false })).toEqual([names]);
  const [first, second, ...others] = rulesWith({});
  expect(first).toEqual(names);
  expect(second.regex).toContain('|nats_accountz_((client|leafnode)_connections|');
  expect(others.pop()).toEqual({ regex: 'server_id|account_name|stream_leader|consumer_leader|stream_raft_group|consumer_desc|exported_cluster', action: 'labeldrop' });
});

describe('a JetStream controller', () => {
  const controllerOf = (options: JetStreamControllerOptions) => {
    const cluster = newCluster({ jetStream: {} });
    return new JetStreamController(Chart.of(cluster), 'nack', { cluster, ...options });
  };

  test('is found in its namespace, and tells its attempts and errors alone', () => {
    const controller = controllerOf({ scrapers });
    const elsewhere = new Chart(controller.node.root, 'monitoring', { namespace: 'monitoring' });
    SchemaCheck.enable(elsewhere);
    new JetStreamControllerScraping(elsewhere, 'scraping', { controller, labels: { release: 'prometheus' } });
    const { metadata, spec } = Manifests.of(elsewhere).get('PodMonitor', 'nack');
    expect(metadata).toMatchObject({ namespace: 'messaging', labels: { release: 'prometheus' } });
    expect(spec).toEqual({
      namespaceSelector: { matchNames: ['messaging'] },
      selector: { matchLabels: controller.podLabels },
      podMetricsEndpoints: [{
        port: 'metrics',
        interval: '30s',
        scrapeTimeout: '10s',
        relabelings: [{ targetLabel: 'job', replacement: 'messaging/nack' }],
        metricRelabelings: [{ sourceLabels: ['__name__'], regex: 'controller_runtime_reconcile_(errors_)?total', action: 'keep' }],
      }],
    });
    const { ports } = Manifests.of(Chart.of(controller)).get('Deployment', 'nack').spec.template.spec.containers[0];
    expect(ports).toContainEqual({ name: 'metrics', containerPort: 8080 });
  });

  test('may be found by a Service', () => {
    const controller = controllerOf({ networkPolicy: false });
    new JetStreamControllerScraping(Chart.of(controller), 'scraping', { controller, method: NatsScrapingMethod.SERVICE_MONITOR });
    const manifests = Manifests.of(Chart.of(controller));
    const { metadata, spec } = manifests.get('Service', 'nack-metrics');
    expect(spec).toMatchObject({ selector: controller.podLabels, ports: [{ name: 'metrics', port: 8080, targetPort: 'metrics' }] });
    expect(metadata.labels).toMatchObject(manifests.get('ServiceMonitor', 'nack').spec.selector.matchLabels);
  });

  test('whose NetworkPolicy admits nobody throws', () => {
    const controller = controllerOf({});
    expect(() => new JetStreamControllerScraping(Chart.of(controller), 'scraping', { controller })).toThrow(
      "[test/scraping] the controller test/nack has no scrapers, and its NetworkPolicy admits nobody else; fix: give scrapers: [NatsPeer.namespace('<namespace of Prometheus>')] to it [NATS-SCRAPERS-UNSAID]",
    );
  });
});

describe('bad input', () => {
  test.each<[string, Partial<NatsScrapingProps>, string]>([
    ['a timeout above the interval', { interval: Duration.seconds(5), scrapeTimeout: Duration.seconds(6) }, 'scrapeTimeout is 6 s, and interval 5 s; allowed: a timeout up to the interval; fix: raise interval [SCRAPING]'],
    ['an interval of no whole seconds', { interval: Duration.millis(1500) }, 'interval is 1.5 s; allowed: whole seconds from 1 [SCRAPING]'],
    ['a limit of nothing', { sampleLimit: 0 }, 'sampleLimit is 0; allowed: a whole number from 1 [SCRAPING]'],
    [
      'labels that the Prometheus would not select',
      { labels: { release: 'other' }, selectedBy: { release: 'prometheus' } },
      "PodMonitor is selected by release: 'prometheus', and this one has release: 'other'; allowed: all labels of selectedBy; fix: give labels: { 'release': 'prometheus' } [PROMETHEUS-SELECTOR]",
    ],
    ['no label at all', { selectedBy: { release: 'prometheus' } }, "PodMonitor is selected by release: 'prometheus', and this one has no label release;"],
  ])('%s', (_, options, message) => expect(() => scraped(options)).toThrow(message));

  test('a cluster without an exporter', () => {
    expect(() => scraped({}, newCluster())).toThrow('[test/scraping] the cluster test/nats has no exporter, and so no metrics; fix: give exporter: { scrapers: [NatsPeer.namespace(\'<namespace of Prometheus>\')] } to the cluster [MONITORING-EXPORTER]');
  });

  test('a cluster in a namespace that nobody knows', () => {
    const cluster = new NatsCluster(new Chart(new App(), 'test'), 'nats', { auth: NatsAuth.token(SecretKey.fromName('a', 'b')), exporter: { scrapers } });
    expect(() => scraped({}, cluster)).toThrow('the namespace of the cluster test/nats is not known, by which its series are selected; fix: give namespace to the chart of the cluster [MONITORING-EXPORTER]');
  });
});
