import { Manifest } from '../../support';

const namespace = 'nats';
const selector = { 'app.kubernetes.io/name': 'nats', 'app.kubernetes.io/instance': 'nats', 'app.kubernetes.io/component': 'nats' };
const labels = { ...selector, 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/version': '2.14.2', 'helm.sh/chart': 'nats-2.14.2' };
const metadata = (name: string) => ({ name, namespace, labels });

const CONFIG = `
server_name: $SERVER_NAME
port: 4222
http_port: 8222
pid_file: /var/run/nats/nats.pid
lame_duck_grace_period: 10s
lame_duck_duration: 30s
cluster {
  name: nats
  port: 6222
  no_advertise: true
  routes: [ "nats://nats-0.nats-headless:6222", "nats://nats-1.nats-headless:6222", "nats://nats-2.nats-headless:6222" ]
}
jetstream { store_dir: /data, max_memory_store: 0, max_file_store: 10Gi }
`;

const probe = (path: string) => ({ httpGet: { path, port: 'monitor' }, periodSeconds: 1 });

/** What the official Helm chart installs with JetStream in three servers, as far as servers and clients see it: names, labels, claims and configuration are the chart's, and so is that all run as root. */
export const officialChart: Manifest[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('nats-config'), data: { 'nats.conf': CONFIG } },
  { apiVersion: 'v1', kind: 'Service', metadata: metadata('nats'), spec: { selector, ports: [{ name: 'nats', port: 4222, targetPort: 'nats', appProtocol: 'tcp' }] } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('nats-headless'),
    spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector, ports: [{ name: 'nats', port: 4222, targetPort: 'nats' }, { name: 'cluster', port: 6222, targetPort: 'cluster' }] },
  },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: metadata('nats'), spec: { maxUnavailable: 1, selector: { matchLabels: selector } } },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadata('nats'),
    spec: {
      replicas: 3,
      serviceName: 'nats-headless',
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: selector },
      template: {
        metadata: { labels },
        spec: {
          shareProcessNamespace: true,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 60,
          volumes: [{ name: 'config', configMap: { name: 'nats-config' } }, { name: 'pid', emptyDir: {} }],
          containers: [
            {
              name: 'nats',
              image: 'nats:2.14.2-alpine',
              args: ['--config', '/etc/nats-config/nats.conf'],
              env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }, { name: 'SERVER_NAME', value: '$(POD_NAME)' }],
              ports: [{ name: 'nats', containerPort: 4222 }, { name: 'cluster', containerPort: 6222 }, { name: 'monitor', containerPort: 8222 }],
              lifecycle: { preStop: { exec: { command: ['nats-server', '-sl=ldm=/var/run/nats/nats.pid'] } } },
              startupProbe: { ...probe('/healthz'), failureThreshold: 90 },
              readinessProbe: probe('/healthz?js-server-only=true'),
              livenessProbe: probe('/healthz?js-enabled-only=true'),
              volumeMounts: [
                { name: 'config', mountPath: '/etc/nats-config' }, { name: 'pid', mountPath: '/var/run/nats' }, { name: 'nats-js', mountPath: '/data' },
              ],
            },
            {
              name: 'reloader',
              image: 'natsio/nats-server-config-reloader:0.23.0',
              args: ['-pid', '/var/run/nats/nats.pid', '-config', '/etc/nats-config/nats.conf'],
              volumeMounts: [{ name: 'pid', mountPath: '/var/run/nats' }, { name: 'config', mountPath: '/etc/nats-config' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [{ metadata: { name: 'nats-js' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } } }],
    },
  },
];
