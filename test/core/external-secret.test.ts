import { Duration, Testing } from 'cdk8s';
import { ExternalSecret, ExternalSecretProps, RequiredSecrets } from '../../src';
import { requireSecret } from '../../src/core/required-secrets';
import { newChart } from '../support';

const data = { token: { remoteKey: 'teams/slack' } };
const make = (props: Partial<ExternalSecretProps> = {}, chart = newChart()) => new ExternalSecret(chart, 'slack', { store: 'vault', data, ...props });

test('an external secret comes from a store', () => {
  const chart = newChart();
  make({}, chart);
  new ExternalSecret(chart, 'all', {
    store: 'vault',
    clusterStore: true,
    name: 'other',
    namespace: 'shop',
    refreshInterval: Duration.minutes(90),
    data: { a: { remoteKey: 'teams/a', property: 'b', version: '3' } },
  });
  expect(Testing.synth(chart)).toEqual([
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'slack', namespace: 'messaging' },
      spec: {
        secretStoreRef: { kind: 'SecretStore', name: 'vault' },
        refreshInterval: '1h',
        target: { name: 'slack' },
        data: [{ secretKey: 'token', remoteRef: { key: 'teams/slack' } }],
      },
    },
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'other', namespace: 'shop' },
      spec: {
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
        refreshInterval: '1h30m',
        target: { name: 'other' },
        data: [{ secretKey: 'a', remoteRef: { key: 'teams/a', property: 'b', version: '3' } }],
      },
    },
  ]);
});

test('nobody has to make its Secret', () => {
  const secret = make();
  requireSecret(secret, secret.key('token'), { value: 'a token', usedBy: 'somebody' });
  expect(secret.key('token')).toMatchObject({ secretName: 'slack', key: 'token' });
  expect(RequiredSecrets.of(secret)).toEqual([]);
});

test.each<[string, () => void, string]>([
  ['no store', () => make({ store: '' }), '[test/slack] store is \'\'; allowed: at most 253 lower-case letters'],
  ['an invalid name', () => make({ name: 'Slack' }), 'name is \'Slack\''],
  ['an invalid namespace', () => make({ namespace: '*' }), 'namespace is \'*\''],
  ['no keys', () => make({ data: {} }), 'data is empty; allowed: an entry for each key of the Secret'],
  ['an invalid key', () => make({ data: { 'a b': { remoteKey: 'a' } } }), 'data has the key \'a b\'; allowed: at most 253 letters'],
  ['an empty entry', () => make({ data: { token: { remoteKey: '' } } }), 'data.token.remoteKey is empty; allowed: the name or path of an entry of the store'],
  ['a fraction of a millisecond', () => make({ refreshInterval: Duration.millis(0.5) }), 'refreshInterval is 0.5 ms; allowed: whole milliseconds; 0 reads the values once'],
  ['another key', () => make().key('url'), 'there is no entry for the key \'url\'; allowed: token; fix: add it to data [EXTERNAL-SECRET]'],
])('an external secret does not take %s', (_, act, message) => expect(act).toThrow(message));

test('an external secret may be read once', () => {
  const chart = newChart();
  make({ refreshInterval: Duration.millis(0) }, chart);
  expect(Testing.synth(chart)[0].spec.refreshInterval).toBe('0s');
});
