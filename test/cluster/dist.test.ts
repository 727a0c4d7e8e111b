import { App } from 'cdk8s';
import { ControlPlane } from './harness/control-plane';
import { NatsPeer, NatsPlatform } from '../../src';
import { dev, production, staging } from '../../src/environments';
import { Manifest, Manifests, someAuth } from '../support';

jest.setTimeout(60_000);

/** These are applied first, and kept, because others are judged by them. */
const firstKinds = ['Namespace', 'CustomResourceDefinition', 'ServiceAccount'];

let plane: ControlPlane;
beforeAll(async () => {
  plane = await ControlPlane.start();
  await plane.prepare();
});

/** A platform with its controller. */
function controlled(): App {
  const app = new App();
  new NatsPlatform(app, 'nats', { namespace: 'controlled', auth: someAuth, jetStream: {}, jetStreamController: { scrapers: [NatsPeer.namespace('monitoring')] } });
  return app;
}

describe.each([['dev', dev], ['staging', staging], ['production', production], ['a platform with a controller', controlled]])('%s', (_, appOf) => {
  const { all } = Manifests.ofApp(appOf());
  const first = firstKinds.flatMap((wanted) => all.filter(({ kind }) => kind === wanted));
  const rest = all.filter((object) => !first.includes(object));
  const workloads = rest.filter(({ spec }) => spec?.template?.spec?.containers);

  beforeAll(async () => {
    await plane.apply(first);
    await plane.established(first.filter(({ kind }) => kind === 'CustomResourceDefinition'));
    const namespaces = first.filter(({ kind }) => kind === 'Namespace').map(({ metadata: { name } }) => name);
    // A controller of Kubernetes makes it in each namespace.
    await plane.apply(namespaces.map((namespace) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } })));
  });

  test('has objects that the API server accepts by server-side apply, without a warning', async () => {
    const answers = await Promise.all(rest.map(async (object) => {
      const { status, body, warnings } = await plane.client.apply(object, { dryRun: true });
      return { name: `${object.kind} ${object.metadata.name}`, refusal: status < 300 ? undefined : body.message ?? `status ${status}`, warnings };
    }));
    expect(answers.filter(({ refusal, warnings }) => refusal || warnings.length > 0)).toEqual([]);
    expect(answers.map(({ name }) => name)).toContain('StatefulSet nats');
  });

  test('has pods that Pod Security admits to a restricted namespace', async () => {
    const answers = await Promise.all(workloads.map(async (workload) => {
      const { status, body } = await plane.client.create(podOf(workload), { dryRun: true });
      return { name: workload.metadata.name, refusal: status === 201 ? undefined : body.message ?? `status ${status}` };
    }));
    expect(answers).toEqual(workloads.map(({ metadata: { name } }) => ({ name, refusal: undefined })));
    expect(answers.map(({ name }) => name)).toContain('nats');
  });

  test('has a namespace that refuses pods with more rights', async () => {
    const pod = podOf(workloads[0]);
    pod.spec.containers[0].securityContext.allowPrivilegeEscalation = true;
    const { status, body } = await plane.client.create(pod, { dryRun: true });
    expect([status, body.message]).toEqual([403, expect.stringContaining('violates PodSecurity "restricted:latest"')]);
  });
});

test('a field that Kubernetes does not know is refused', async () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', namespace: 'default' }, spec: { prots: [] } };
  const { status, body } = await plane.client.apply(service, { dryRun: true });
  expect([status < 300, body.message]).toEqual([false, expect.stringContaining('.spec.prots')]);
});

/** The pod that a workload's controller would make. */
function podOf({ metadata: { name, namespace }, spec: { template, volumeClaimTemplates = [] } }: Manifest): Manifest {
  const { metadata, spec } = JSON.parse(JSON.stringify(template));
  const claims = volumeClaimTemplates.map((claim: Manifest) => ({ name: claim.metadata.name, persistentVolumeClaim: { claimName: `${claim.metadata.name}-${name}-0` } }));
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: `${name}-0`, namespace }, spec: { ...spec, volumes: [...spec.volumes, ...claims] } };
}
