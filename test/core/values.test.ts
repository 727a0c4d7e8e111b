import { Size } from 'cdk8s';
import { bytesOf, bytesOfQuantity, quantityOf, readableBytes } from '../../src/core/bytes';
import { ContainerImage, ImagePullPolicy } from '../../src/core/container-image';
import { DNS_LABEL, DNS_SUBDOMAIN, isLabelValue, isName, nameFormOf } from '../../src/core/names';
import { SecretKey } from '../../src/core/secret-key';

describe('sizes', () => {
  test.each([
    [Size.gibibytes(10), 10737418240],
    [Size.gibibytes(1.5), 1610612736],
    [Size.mebibytes(0.1), 104857],
    [Size.gibibytes(0.1 + 0.2), 322122547],
    [Size.kibibytes(0.5), 512],
  ])('%# in bytes, without a fraction', (size, bytes) => expect(bytesOf(size)).toBe(bytes));

  test('of a text are none', () => {
    expect(() => bytesOf('2Gi' as never)).toThrow("a size is '2Gi'; allowed: a Size; fix: give Size.gibibytes(2), Size.mebibytes(64) or the like");
  });

  test.each([[10737418240, '10Gi'], [1610612736, '1536Mi'], [1025, '1025'], [0, '0'], [2 ** 50, '1024Ti']])('%d as a quantity', (bytes, quantity) =>
    expect(quantityOf(bytes)).toBe(quantity));

  test.each([['10Gi', 10737418240], ['1.5Gi', 1610612736], ['1G', 1e9], ['500', 500], ['', undefined], ['10 Gi', undefined], ['10GB', undefined]])(
    'the quantity %s in bytes', (quantity, bytes) => expect(bytesOfQuantity(quantity)).toBe(bytes),
  );

  test('for a person', () => {
    expect(readableBytes(1610612736)).toBe('1.5 GiB');
    expect(readableBytes(12)).toBe('12 B');
  });
});

describe('names', () => {
  test.each(['nats', 'a', 'a-1', '1a'])('%s is a label', (name) => expect(isName(name, DNS_LABEL)).toBe(true));
  test.each(['', '-a', 'a-', 'Nats', 'na_ts', 'a.b', 'a'.repeat(64)])('"%s" is no label', (name) => expect(isName(name, DNS_LABEL)).toBe(false));
  test('a subdomain has dots', () => {
    expect(isName('a.b-c.d', DNS_SUBDOMAIN)).toBe(true);
    expect(isName('a..b', DNS_SUBDOMAIN)).toBe(false);
  });
  test('each kind has the form that the API server or its controller demands', () => {
    expect(isName('1nats', nameFormOf('Service'))).toBe(false);
    expect(isName('1nats', nameFormOf('ConfigMap'))).toBe(true);
    expect(isName('n'.repeat(53), nameFormOf('StatefulSet'))).toBe(false);
    expect(isName('system:nats', nameFormOf('ClusterRole'))).toBe(true);
  });
  test('label values', () => {
    expect(isLabelValue('')).toBe(true);
    expect(isLabelValue('A_b.c-1')).toBe(true);
    expect(isLabelValue('-a')).toBe(false);
    expect(isLabelValue('a'.repeat(64))).toBe(false);
  });
});

describe('images', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  test.each([
    [ContainerImage.of('nats', { tag: '2.14.2-alpine' }), 'nats:2.14.2-alpine'],
    [ContainerImage.of('natsio/nats-box', { registry: 'quay.io', tag: '0.19.7' }), 'quay.io/natsio/nats-box:0.19.7'],
    [ContainerImage.of('nats', { tag: '2.14.2', digest }), `nats:2.14.2@${digest}`],
  ])('%# as a pod names it', (image, reference) => expect(image.reference()).toBe(reference));

  test('a default registry is for images that name none', () => {
    expect(ContainerImage.of('nats', { tag: '1' }).reference('mirror.example.com:5000')).toBe('mirror.example.com:5000/nats:1');
    expect(ContainerImage.of('nats', { registry: 'quay.io', tag: '1', pullPolicy: ImagePullPolicy.ALWAYS }).reference('mirror.example.com')).toBe('quay.io/nats:1');
  });

  test.each([
    ['nats:2.14', { tag: '1' }, "repository 'nats:2.14' is not a path in a registry"],
    ['nats', {}, 'image nats has no tag and no digest'],
    ['nats', { tag: 'a b' }, "tag 'a b' of nats is not a tag"],
    ['nats', { digest: 'sha256:12' }, "digest 'sha256:12' of nats is not a digest"],
    ['nats', { tag: '1', registry: 'https://quay.io' }, "registry 'https://quay.io' is not a host"],
  ])('%s with %j is refused', (repository, options, message) => expect(() => ContainerImage.of(repository, options)).toThrow(message));
});

describe('secret references', () => {
  test('name a Secret and a key', () => {
    expect({ ...SecretKey.fromName('shop-nats', 'password') }).toEqual({ secretName: 'shop-nats', key: 'password' });
  });
  test('what is not a name is refused, and not repeated: it may be the secret itself', () => {
    expect(() => SecretKey.fromName('hunter2!', 'password')).toThrow(/^(?!.*hunter2).*the name of the Secret is not a Kubernetes name/);
    expect(() => SecretKey.fromName('shop-nats', 'pass word')).toThrow("the key for Secret 'shop-nats' is not a key that a Secret can have");
  });
});
