import { join } from 'path';
import { ApiObject, App, Size } from 'cdk8s';
import { certManager } from './harness/binaries';
import { Cluster } from './harness/cluster';
import { Flux } from './harness/flux';
import { GitServer } from './harness/git-server';
import { SlackEndpoint } from './harness/slack';
import { Dist, FluxEventSeverity, NatsPlatform, SecretKey, SlackAuth } from '../../src';
import { eventually } from '../server/harness/eventually';
import { Manifest, someAuth } from '../support';

// Built before the clock of a test runs.
certManager();

jest.setTimeout(240_000);

const TOKEN = 'xoxb-1234-abcd';
const LAYERS = ['base', 'certificates', 'nats', 'jetstream', 'alerting'];

const jetStream = { fileStore: { size: Size.gibibytes(1) } };

/** A platform with certificates, which Flux delivers, and whatever is put into its layer of the servers besides. */
function platform(besides: { [id: string]: Manifest } = {}): App {
  const app = new App();
  const { nats } = new NatsPlatform(app, 'nats', {
    auth: someAuth,
    certificates: {},
    jetStream,
    alerting: {
      auth: SlackAuth.botToken(SecretKey.fromName('slack', 'token')),
      cluster: 'eu-1',
      environment: 'test',
      routes: [{ channel: '#incidents' }, { channel: '#deployments', severity: FluxEventSeverity.INFO }],
    },
    delivery: { path: './dist/test' },
  });
  for (const [id, manifest] of Object.entries(besides)) new ApiObject(nats, id, manifest as never);
  return app;
}

describe('Flux', () => {
  let cluster: Cluster;
  let git: GitServer;
  let slack: SlackEndpoint;
  let flux: Flux;
  beforeAll(async () => {
    [cluster, git, slack] = await Promise.all([Cluster.start(), GitServer.start(), SlackEndpoint.start(TOKEN)]);
    flux = await Flux.start(cluster, git.url, { env: slack.environment, files: slack.files });
    await cluster.plane.define('cert-manager.io', 'monitoring.coreos.com');
    await cluster.plane.apply([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'slack', namespace: 'flux-system' }, stringData: { token: TOKEN } }]);
    cluster.run('cert-manager', [certManager(), '-kubeconfig', 'kubeconfig']);
  });
  afterAll(() => cluster.stop());

  /** What a person commits: the output of a synth, as it is. */
  async function commit(app: App): Promise<string> {
    Dist.write({ test: app }, join(git.worktree, 'dist'));
    const made = git.commit('Deliver');
    await flux.fetch(made);
    return made;
  }

  const heard = (channel: string, text: string) => eventually(async () => slack.textsOf(channel), (texts) => texts.some((one) => one.includes(text)));

  test('delivers all layers in their order, with certificates that cert-manager has made', async () => {
    const first = await commit(platform());
    await flux.deliver('./dist/test/flux');
    const readyAt = [];
    for (const layer of LAYERS) {
      const { status } = await flux.ready(`nats-${layer}`, first, 120_000);
      readyAt.push(status.conditions.find(({ type }: Manifest) => type === 'Ready').lastTransitionTime);
    }
    const [base, certificates, nats, jetstream] = readyAt;
    const set = await cluster.eventually({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'nats', namespace: 'nats' } }, () => true);
    const secret = await cluster.eventually({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'nats-tls', namespace: 'nats' } }, () => true);

    expect([base, certificates, nats, jetstream]).toEqual([base, certificates, nats, jetstream].sort());
    expect(set.status.readyReplicas).toBe(3);
    expect(Object.keys(secret.data).sort()).toEqual(['ca.crt', 'tls.crt', 'tls.key']);
    expect(slack.textsOf('#incidents')).toEqual([]);
  });

  test('tells the right channel what a broken layer is about, and goes on when it is mended', async () => {
    const port = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'broken', namespace: 'nats' }, spec: { ports: [{ port: 70_000 }] } };
    const broken = await commit(platform({ broken: port }));
    const reason = await flux.failed('nats-nats', broken);
    const [message] = await eventually(async () => slack.messages.filter(({ target }) => target === '#incidents'), ({ length }) => length > 0);
    await flux.ready('nats-certificates', broken);

    expect(reason).toContain('Invalid value: 70000');
    expect(message.payload.attachments).toMatchObject([{ color: 'danger', author_name: 'kustomization/nats-nats.flux-system', text: expect.stringContaining('Invalid value: 70000') }]);
    expect(message.payload.attachments[0].fields).toEqual(expect.arrayContaining([
      expect.objectContaining({ title: 'cluster', value: 'eu-1' }), expect.objectContaining({ title: 'environment', value: 'test' }),
    ]));

    const mended = await commit(platform({ mended: { ...port, metadata: { ...port.metadata, name: 'mended' }, spec: { ports: [{ port: 7000 }] } } }));
    for (const layer of LAYERS) await flux.ready(`nats-${layer}`, mended);
    await heard('#deployments', 'Service/nats/mended created');
  });

  test('deletes what is no longer described, but never what holds data', async () => {
    const app = new App();
    new NatsPlatform(app, 'nats', {
      auth: someAuth, createNamespace: false, jetStream, delivery: { path: './dist/test', existingNamespaces: ['nats'] },
    });
    const less = await commit(app);
    for (const layer of ['base', 'nats']) await flux.ready(`nats-${layer}`, less);
    const gone = [
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'mended', namespace: 'nats' } },
      { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'nats-tls', namespace: 'nats' } },
      { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'nats-certificates', namespace: 'flux-system' } },
    ];
    for (const object of gone) await eventually(() => cluster.plane.client.get(object), ({ status }) => status === 404);
    const kept = [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'nats' } },
      { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'nats-ca', namespace: 'nats' } },
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'nats-ca-key-pair', namespace: 'nats' } },
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'nats-js-nats-0', namespace: 'nats' } },
    ];

    expect((await Promise.all(kept.map((object) => cluster.plane.client.get(object)))).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});
