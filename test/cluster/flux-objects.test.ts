import { ControlPlane } from './harness/control-plane';
import { crdsOfGroup } from '../../src/core/schema/crd-catalog';
import { everyField } from '../flux/every-field';
import { Manifest, Manifests } from '../support';

jest.setTimeout(60_000);

const groups = ['source.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io', 'helm.toolkit.fluxcd.io'];
const definitions = groups.flatMap((group) => crdsOfGroup(group)!) as unknown as Manifest[];
const manifests = Manifests.of(everyField());

let plane: ControlPlane;
beforeAll(async () => {
  plane = await ControlPlane.start();
  await plane.define(...groups);
  await plane.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'flux-system' } }]);
});

async function refusalOf(object: Manifest): Promise<string | undefined> {
  const { status, body } = await plane.client.apply(object, { dryRun: true });
  return status < 300 ? undefined : body.message;
}

test('the API server accepts objects in which every field is given', async () => {
  const refusals = await Promise.all(manifests.all.map(async (object) => ({ name: `${object.kind} ${object.metadata.name}`, refusal: await refusalOf(object) })));
  expect(refusals.filter(({ refusal }) => refusal)).toEqual([]);
  expect(new Set(manifests.all.map(({ kind }) => kind))).toEqual(new Set(['GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket', 'Kustomization', 'HelmRelease']));
});

/** What each rule of the CRDs refuses. No prop can say it: it throws (test/flux), or there is no way to write it, so that it is put into an object afterwards. */
const refused: [kind: string, name: string, spec: Manifest, message: string][] = [
  ['GitRepository', 'git', { serviceAccountName: 'a' }, 'serviceAccountName can only be set when provider is \'azure\' or \'aws\''],
  ['GitRepository', 'git', { url: 'git@github.com:example/shop' }, 'spec.url in body should match'],
  ['GitRepository', 'git', { interval: '1d' }, 'spec.interval in body should match'],
  ['GitRepository', 'git', { timeout: '1h' }, 'spec.timeout in body should match'],
  ['GitRepository', 'git', { url: undefined }, 'spec.url: Required value'],
  ['OCIRepository', 'oci', { url: 'ghcr.io/example/shop' }, 'spec.url in body should match'],
  ['OCIRepository', 'oci', { timeout: '1h' }, 'spec.timeout in body should match'],
  ['HelmRepository', 'charts', { url: 'ftp://charts.example.com' }, 'spec.url in body should match'],
  ['Bucket', 'bucket', { provider: 'gcp' }, 'STS configuration is only supported for the \'aws\' and \'generic\' Bucket providers'],
  ['Bucket', 'bucket', { provider: 'aws' }, '\'aws\' is the only supported STS provider for the \'aws\' Bucket provider'],
  ['Bucket', 'bucket', { sts: { provider: 'aws', endpoint: 'https://sts.example.com' } }, '\'ldap\' is the only supported STS provider for the \'generic\' Bucket provider'],
  ['Bucket', 'bucket', { sts: { provider: 'ldap', endpoint: 'sts.example.com' } }, 'spec.sts.endpoint in body should match'],
  ['Bucket', 'bucket-aws', { sts: { provider: 'aws', endpoint: 'https://sts.example.com', secretRef: { name: 'a' } } }, 'spec.sts.secretRef is not required for the \'aws\' STS provider'],
  ['Bucket', 'bucket-aws', { sts: { provider: 'aws', endpoint: 'https://sts.example.com', certSecretRef: { name: 'a' } } }, 'spec.sts.certSecretRef is not required'],
  ['Bucket', 'bucket', { serviceAccountName: 'a' }, 'ServiceAccountName is not supported for the \'generic\' Bucket provider'],
  ['Bucket', 'bucket-aws', { secretRef: { name: 'a' } }, 'cannot set both .spec.secretRef and .spec.serviceAccountName'],
  ['Kustomization', 'shop', { kubeConfig: {} }, 'exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified'],
  ['Kustomization', 'shop', { kubeConfig: { secretRef: { name: 'a' }, configMapRef: { name: 'a' } } }, 'exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef'],
  ['Kustomization', 'shop', { validation: 'client' }, '.spec.validation: field not declared in schema'],
  ['Kustomization', 'shop', { interval: '1d' }, 'spec.interval in body should match'],
  ['Kustomization', 'shop', { sourceRef: { kind: 'HelmRepository', name: 'charts' } }, 'Unsupported value: "HelmRepository"'],
  ['Kustomization', 'shop', { targetNamespace: 'a'.repeat(64) }, 'spec.targetNamespace: Too long'],
  ['Kustomization', 'shop', { namePrefix: '' }, 'spec.namePrefix in body should be at least 1 chars long'],
  ['Kustomization', 'shop', { nameSuffix: 'a'.repeat(201) }, 'spec.nameSuffix: Too long'],
  ['HelmRelease', 'nats', { chartRef: { kind: 'OCIRepository', name: 'nats' } }, 'either chart or chartRef must be set'],
  ['HelmRelease', 'nats', { chart: undefined }, 'either chart or chartRef must be set'],
  ['HelmRelease', 'nats', { install: { strategy: { name: 'RemediateOnFailure', retryInterval: '1m' } } }, '.retryInterval cannot be set when .name is \'RemediateOnFailure\''],
  ['HelmRelease', 'nats', { upgrade: { strategy: { name: 'RemediateOnFailure', retryInterval: '1m' } } }, '.retryInterval can only be set when .name is \'RetryOnFailure\''],
  ['HelmRelease', 'nats', { kubeConfig: {} }, 'exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified'],
  ['HelmRelease', 'nats', { kubeConfig: { secretRef: { name: 'a' }, configMapRef: { name: 'a' } } }, 'exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef'],
  ['HelmRelease', 'nats', { releaseName: 'a'.repeat(54) }, 'spec.releaseName: Too long'],
  ['HelmRelease', 'nats', { valuesFrom: [{ kind: 'Secret', name: 'a', targetPath: 'a b' }] }, 'spec.valuesFrom[0].targetPath in body should match'],
  ['HelmRelease', 'nats', { valuesFrom: [{ kind: 'Secret', name: 'a', valuesKey: 'a/b' }] }, 'spec.valuesFrom[0].valuesKey in body should match'],
];

test.each(refused)('the API server refuses %s %s with %j', async (kind, name, spec, message) => {
  const object = manifests.get(kind, name);
  expect(await refusalOf({ ...object, spec: { ...object.spec, ...spec } })).toContain(message);
});

test('each CEL rule of these CRDs is among them', () => {
  const messages = definitions.filter(({ spec }) => manifests.kinds().includes(spec.names.kind))
    .flatMap(({ spec }) => rulesIn(spec.versions[0].schema.openAPIV3Schema)).map(({ message }) => message);
  expect(messages.length).toBeGreaterThan(0);
  expect(messages.filter((message) => !refused.some(([, , , expected]) => message.includes(expected)))).toEqual([]);
});

function rulesIn({ 'properties': properties = {}, items, 'x-kubernetes-validations': rules = [] }: Manifest): Manifest[] {
  return [...rules, ...items ? rulesIn(items) : [], ...Object.values<Manifest>(properties).flatMap(rulesIn)];
}
