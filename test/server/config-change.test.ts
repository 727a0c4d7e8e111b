import { Size } from 'cdk8s';
import { NATS_VERSIONS, natsServer, NatsVersion } from './harness/binaries';
import { ServerPod, statefulSetOf } from './harness/pod';
import { TextClient } from './harness/text-client';
import { NatsAuth, NatsClusterProps, Permissions, SecretKey } from '../../src';
import { Manifests, newCluster, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const secrets = { 'nats-auth': { token: 'secret' }, 'shop-nats': { password: 'shop' } };
const shop = { name: 'shop', password: SecretKey.fromName('shop-nats', 'password') };

const rendered = (props: NatsClusterProps) => synth(newCluster({ replicas: 1, ...props }));
const restartsOf = (manifests: Manifests) => statefulSetOf(manifests).spec.template.metadata.annotations['cdk8s-nats/restart-checksum'];
const templateOf = (manifests: Manifests) => statefulSetOf(manifests).spec.template;

const started = (version: NatsVersion, manifests: Manifests) => ServerPod.start(manifests, 0, { version, secrets });

describe.each(NATS_VERSIONS)('nats-server %s', (version) => {
  test.each<[string, NatsClusterProps, object]>([
    ['maxPayload', { limits: { maxPayload: Size.mebibytes(2) } }, { max_payload: 2097152 }],
    ['maxConnections', { limits: { maxConnections: 77 } }, { max_connections: 77 }],
    ['maxControlLine and maxPingsOut', { limits: { maxControlLine: Size.kibibytes(8), maxPingsOut: 5 } }, { max_control_line: 8192, ping_max: 5 }],
    ['server tags', { serverTags: ['region:eu'] }, { tags: ['region:eu'] }],
  ])('applies %s without a restart', async (_, props, varz) => {
    const [before, after] = [rendered({}), rendered(props)];
    const pod = await started(version, before);
    expect(await pod.monitor('varz')).not.toMatchObject(varz);

    expect(restartsOf(after)).toBe(restartsOf(before));
    expect(templateOf(after)).toEqual(templateOf(before));
    expect(await pod.reload({ manifests: after })).toBe('reloaded');
    expect(await pod.monitor('varz')).toMatchObject(varz);
    await pod.delete();
  });

  test('applies what a user may do to the connections that are there', async () => {
    const allowing = (subject: string) => NatsAuth.users({ ...shop, permissions: Permissions.of({ publish: { allow: [subject] } }) });
    const [before, after] = [rendered({ auth: allowing('orders') }), rendered({ auth: allowing('billing') })];
    const pod = await started(version, before);
    const client = await TextClient.connect(pod.server.clientUrl, { user: 'shop', pass: 'shop' });
    expect(await client.say('PUB orders 0\r\n')).toEqual([]);

    expect(restartsOf(after)).toBe(restartsOf(before));
    expect(await pod.reload({ manifests: after })).toBe('reloaded');
    expect(await client.say('PUB orders 0\r\n')).toEqual(['-ERR \'Permissions Violation for Publish to "orders"\'']);
    expect(await client.say('PUB billing 0\r\n')).toEqual([]);
    await pod.delete();
  });

  test.each<[string, NatsClusterProps, string]>([
    ['maxPending', { limits: { maxPending: Size.mebibytes(32) } }, 'MaxPending: old=67108864, new=33554432'],
    ['maxPending and what a reload would apply', { limits: { maxPending: Size.mebibytes(32), maxConnections: 77 } }, 'MaxPending: old=67108864, new=33554432'],
    ['maxSubscriptions', { limits: { maxSubscriptions: 10 } }, 'MaxSubs: old=0, new=10'],
  ])('is restarted for %s, which it refuses to reload', async (_, props, refusal) => {
    const [before, after] = [rendered({}), rendered(props)];
    const pod = await started(version, before);
    const { max_pending: maxPending, max_connections: maxConnections } = await pod.monitor('varz');

    expect(restartsOf(after)).not.toBe(restartsOf(before));
    expect(await pod.reload({ manifests: after })).toBe(`config reload not supported for ${refusal}`);
    expect(await pod.monitor('varz')).toMatchObject({ max_pending: maxPending, max_connections: maxConnections });
    await pod.delete();
  });
});
