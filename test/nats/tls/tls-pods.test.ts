import { Duration } from 'cdk8s';
import {
  NatsAuth, NatsClientCertificate, NatsCluster, NatsClusterProps, NatsHandshakeFirst, NatsPeer, NatsTls, NatsTlsCa, NatsTlsOptions, PodVolume,
  RequiredSecrets,
} from '../../../src';
import { confOf, containerOf, Manifest, newCluster, podOf, someUser, synth } from '../../support';
import { defaultContext } from '../box/written-contexts';

const tls = NatsTls.fromSecret('nats-tls');
const scrapers = [NatsPeer.namespace('monitoring')];
const withOptions = (options: NatsTlsOptions) => NatsTls.fromSecret('nats-tls', options);

describe('the pods of a cluster', () => {
  const custom = NatsTls.fromSecret('client.tls', { ca: NatsTlsCa.fromConfigMap('bundle') });
  const volumesOf = (cluster: NatsCluster) => podOf(cluster).spec.volumes.filter(({ name }: Manifest) => /^tls(ca)?-/.test(name));
  const mountsOf = (cluster: NatsCluster, container: string) => containerOf(cluster, container).volumeMounts.filter(({ mountPath }: Manifest) => /certs/.test(mountPath));

  test('have a volume for each Secret and ConfigMap, with the keys that are needed, for server and reloader', () => {
    const cluster = newCluster({ tls: custom, routes: { tls: NatsTls.fromSecret('routes', { ca: NatsTlsCa.fromSecret('client.tls', 'other.crt') }) } });
    const volumes = volumesOf(cluster);
    expect(volumes.map(({ name }: Manifest) => name)).toEqual(['tlsca-bundle', 'tls-6166f4c6', 'tls-routes']);
    expect(volumes.map(({ name, ...volume }: Manifest) => volume)).toEqual([
      { configMap: { name: 'bundle', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { secret: { secretName: 'client.tls', defaultMode: 0o440, items: ['other.crt', 'tls.crt', 'tls.key'].map((key) => ({ key, path: key })) } },
      { secret: { secretName: 'routes', defaultMode: 0o440, items: ['tls.crt', 'tls.key'].map((key) => ({ key, path: key })) } },
    ]);
    const names = volumes.map(({ name }: Manifest) => name);
    const mounts = ['/etc/nats-ca-certs/bundle', '/etc/nats-certs/client.tls', '/etc/nats-certs/routes'].map((mountPath, index) => ({ name: names[index], mountPath, readOnly: true }));
    expect(mountsOf(cluster, 'nats')).toEqual(mounts);
    expect(mountsOf(cluster, 'reloader')).toEqual(mounts);
  });

  test('reload whatever is renewed', () => {
    expect(containerOf(newCluster({ tls: custom }), 'reloader').args).toEqual([
      '-pid', '/var/run/nats/nats.pid', '-config', '/etc/nats-config/nats.conf', '-config', '/etc/nats-ca-certs/bundle/ca.crt',
      '-config', '/etc/nats-certs/client.tls/tls.crt', '-config', '/etc/nats-certs/client.tls/tls.key',
    ]);
  });

  test('reload a CA of their own volumes, which the reloader then mounts, but watch no file of the image', () => {
    const volumes = [PodVolume.fromConfigMap('my-ca', 'cas', '/etc/my-ca'), PodVolume.emptyDir('scratch', '/etc/my')];
    const reloader = containerOf(newCluster({ tls: NatsTls.fromSecret('nats-tls', { ca: NatsTlsCa.fromPath('/etc/my-ca/ca.crt') }), pod: { volumes } }), 'reloader');
    expect(reloader.args).toContain('/etc/my-ca/ca.crt');
    expect(reloader.volumeMounts.slice(-1)).toEqual([{ name: 'my-ca', mountPath: '/etc/my-ca', readOnly: true }]);
    const ofImage = newCluster({ tls: NatsTls.fromSecret('nats-tls', { ca: NatsTlsCa.fromPath('/etc/ssl/certs/ca-certificates.crt') }), exporter: { scrapers }, httpsMonitoring: true });
    expect(containerOf(ofImage, 'reloader').args).not.toContain('/etc/ssl/certs/ca-certificates.crt');
    expect(containerOf(ofImage, 'prom-exporter').env).toBeUndefined();
  });

  test('keep the places of certificates to themselves', () => {
    expect(() => newCluster({ tls, pod: { volumes: [PodVolume.emptyDir('mine', '/etc/nats-certs/nats-tls')] } }))
      .toThrow("pod.volumes uses the mount path '/etc/nats-certs/nats-tls', which the cluster itself uses");
  });

  test('restart when TLS changes in a way that a reload does not apply', () => {
    const checksum = (props: NatsClusterProps) => podOf(newCluster(props)).metadata.annotations['cdk8s-nats/restart-checksum'];
    expect(checksum({ tls })).not.toBe(checksum({}));
    expect(checksum({ tls: withOptions({ verify: true }) })).not.toBe(checksum({ tls }));
    expect(checksum({ tls: withOptions({ timeout: Duration.seconds(9) }), routes: { tls } })).toBe(checksum({ tls }));
  });

  test('ask for health over HTTPS where monitoring is', () => {
    const cluster = newCluster({ tls, httpsMonitoring: true, exporter: { scrapers } });
    expect(confOf(cluster)).toMatch(/^https_port: 8222$/m);
    expect(confOf(cluster)).not.toMatch(/^http_port/m);
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) expect(containerOf(cluster)[probe].httpGet.scheme).toBe('HTTPS');
    expect(containerOf(newCluster({ tls })).startupProbe.httpGet.scheme).toBeUndefined();
  });

  test('scrape over HTTPS, with the CA and nothing else of the Secret', () => {
    const cluster = newCluster({ tls, httpsMonitoring: true, exporter: { scrapers }, ports: { monitor: 9000 } });
    const { args, env, volumeMounts } = containerOf(cluster, 'prom-exporter');
    expect(args.slice(-1)).toEqual(['https://localhost:9000/']);
    expect(env).toEqual([{ name: 'SSL_CERT_FILE', value: '/etc/nats-certs/nats-tls/ca.crt' }]);
    expect(volumeMounts).toEqual([{ name: 'trust-nats-tls', mountPath: '/etc/nats-certs/nats-tls', readOnly: true }]);
    const volume = podOf(cluster).spec.volumes.find(({ name }: Manifest) => name === volumeMounts[0].name);
    expect(volume.secret.items).toEqual([{ key: 'ca.crt', path: 'ca.crt' }]);
  });

  test('scrape as ever where monitoring is in clear', () => {
    const { args, env, volumeMounts } = containerOf(newCluster({ tls, exporter: { scrapers } }), 'prom-exporter');
    expect([args.slice(-1), env, volumeMounts]).toEqual([['http://localhost:8222/'], undefined, undefined]);
  });
});

test('Services and URLs say TLS', () => {
  const cluster = newCluster({ tls, httpsMonitoring: true });
  const protocols = (service: string) => synth(cluster).get('Service', service).spec.ports.map(({ name, appProtocol }: Manifest) => [name, appProtocol]);
  expect(protocols('nats')).toEqual([['nats', 'tls']]);
  expect(protocols('nats-headless')).toEqual([['nats', 'tls'], ['cluster', 'tls'], ['monitor', 'https']]);
  expect(cluster.clientUrl).toBe('tls://nats.messaging.svc:4222');
});

describe('nats-box', () => {
  const boxOf = (cluster: NatsCluster) => synth(cluster).get('Deployment', 'nats-box').spec.template.spec;
  const certificate = NatsClientCertificate.fromSecret('box-tls', { certKey: 'client.pem', keyKey: 'client-key.pem' });

  test('believes the servers by their CA, and has nothing else of their Secret', () => {
    const cluster = newCluster({ tls, natsBox: {} });
    expect(defaultContext(cluster)).toEqual({ url: 'tls://nats.messaging.svc:4222', ca: '/etc/nats-certs/nats-tls/ca.crt', token: 'nats-auth/token' });
    expect(boxOf(cluster).volumes.slice(2, 3)).toMatchObject([{ secret: { secretName: 'nats-tls', items: [{ key: 'ca.crt', path: 'ca.crt' }] } }]);
    expect(boxOf(cluster).containers[0].volumeMounts.slice(2, 3)).toMatchObject([{ mountPath: '/etc/nats-certs/nats-tls', readOnly: true }]);
  });

  test('shows its certificate, and begins with the handshake where the servers do', () => {
    const cluster = newCluster({ tls: withOptions({ verify: true, handshakeFirst: NatsHandshakeFirst.always() }), natsBox: { certificate } });
    expect(defaultContext(cluster)).toEqual({
      url: 'tls://nats.messaging.svc:4222',
      ca: '/etc/nats-certs/nats-tls/ca.crt',
      cert: '/etc/nats-certs/box-tls/client.pem',
      key: '/etc/nats-certs/box-tls/client-key.pem',
      tls_first: true,
      token: 'nats-auth/token',
    });
    expect(boxOf(cluster).volumes.slice(2, 4).map(({ secret }: Manifest) => [secret.secretName, secret.items.map(({ key }: Manifest) => key)]))
      .toEqual([['box-tls', ['client-key.pem', 'client.pem']], ['nats-tls', ['ca.crt']]]);
  });

  test('logs in with the certificate and the password where the certificate says who it is', () => {
    const cluster = newCluster({ tls: withOptions({ verifyAndMap: true }), auth: NatsAuth.users({ name: 'ops', ...someUser }), natsBox: { user: 'ops', certificate } });
    expect(defaultContext(cluster)).toMatchObject({ user: 'ops', password: 'shop-nats/password', inbox_prefix: '_INBOX_ops', cert: '/etc/nats-certs/box-tls/client.pem' });
  });

  test('finds a CA that the servers have from a volume, and takes another one', () => {
    const volumes = [PodVolume.fromConfigMap('my-ca', 'cas', '/etc/my-ca')];
    const fromPath = NatsTls.fromSecret('nats-tls', { ca: NatsTlsCa.fromPath('/etc/my-ca/ca.pem') });
    expect(defaultContext(newCluster({ tls: fromPath, pod: { volumes }, natsBox: {} }))).toMatchObject({ ca: '/etc/nats-ca-certs/cas/ca.pem' });
    expect(defaultContext(newCluster({ tls: fromPath, natsBox: {} }))).not.toHaveProperty('ca');
    expect(defaultContext(newCluster({ tls, natsBox: { ca: NatsTlsCa.fromConfigMap('bundle') } }))).toMatchObject({ ca: '/etc/nats-ca-certs/bundle/ca.crt' });
    expect(defaultContext(newCluster({ tls, natsBox: { ca: NatsTlsCa.system() } }))).not.toHaveProperty('ca');
  });
});

test('the Secrets that must exist', () => {
  const cluster = newCluster({
    tls: withOptions({ verify: true }),
    routes: { tls: NatsTls.fromSecret('routes-tls', { ca: NatsTlsCa.fromConfigMap('bundle') }) },
    natsBox: { certificate: NatsClientCertificate.fromSecret('box-tls') },
  });
  expect(RequiredSecrets.of(cluster).filter(({ secretName }) => secretName.endsWith('tls')).map(({ secretName, key, value, usedBy }) => [secretName, key, value, ...usedBy])).toEqual([
    ['box-tls', 'tls.crt', 'PEM: the certificate with its chain', 'NATS cluster nats (nats-box)'],
    ['box-tls', 'tls.key', 'PEM: the private key of the certificate', 'NATS cluster nats (nats-box)'],
    ['nats-tls', 'ca.crt', 'PEM: the certificates of the authorities', 'NATS cluster nats (TLS of client)', 'NATS cluster nats (nats-box)'],
    ['nats-tls', 'tls.crt', 'PEM: the certificate with its chain', 'NATS cluster nats (TLS of client)'],
    ['nats-tls', 'tls.key', 'PEM: the private key of the certificate', 'NATS cluster nats (TLS of client)'],
    ['routes-tls', 'tls.crt', 'PEM: the certificate with its chain', 'NATS cluster nats (TLS of routes)'],
    ['routes-tls', 'tls.key', 'PEM: the private key of the certificate', 'NATS cluster nats (TLS of routes)'],
  ]);
});
