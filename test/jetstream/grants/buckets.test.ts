import { KeyValueBucket, KeyValueBucketProps, KeyValueOrigin, NatsAccount, NatsUser, ObjectStoreBucket, Rules } from '../../../src';
import { newScene, Scene, somePassword } from '../support';

const warn = jest.spyOn(console, 'warn').mockImplementation();
afterEach(() => warn.mockClear());

let scene: Scene;
let user: NatsUser;
beforeEach(() => {
  scene = newScene();
  user = newUser('cashier');
});

const newUser = (name: string): NatsUser => (scene.cluster.node.findChild('account-ORDERS') as NatsAccount).addUser(name, { password: somePassword });
const newBucket = (props: Partial<KeyValueBucketProps> = {}) => new KeyValueBucket(scene.chart, 'carts', { target: scene.target, ...props });
const newStore = () => new ObjectStoreBucket(scene.chart, 'files', { target: scene.target });
const published = ({ _granted }: NatsUser) => _granted.flatMap(({ publish = [] }) => publish);
const findings = (): string[] => scene.chart.node.findAll().flatMap(({ node }) => node.validate());
const warnings = () => warn.mock.calls.map(([text]) => text).filter((text) => text.includes('GRANT-'));

const info = '$JS.API.STREAM.INFO.KV_carts';
const readA = [
  info, '$JS.API.DIRECT.GET.KV_carts.$KV.carts.a', '$JS.API.CONSUMER.CREATE.KV_carts.*.$KV.carts.a', '$JS.API.CONSUMER.INFO.KV_carts.*', '$JS.FC.KV_carts.*.*', '$JS.FC.*.*.KV_carts.*.*',
];

test('a bucket is read, written, or both, all of it or some keys', () => {
  const bucket = newBucket();
  const [writer, owner] = [newUser('writer'), newUser('owner')];
  bucket.grantRead(user);
  bucket.grantWrite(writer);
  bucket.grantReadWrite(owner, { keys: ['a'] });
  expect(published(user)).toEqual(expect.arrayContaining([info, '$JS.API.STREAM.MSG.GET.KV_carts', '$JS.API.CONSUMER.CREATE.KV_carts.*.$KV.carts.>']));
  expect(published(writer)).toEqual([info, '$KV.carts.>']);
  expect(published(owner)).toEqual([...readA, info, '$KV.carts.a']);
});

test('a bucket that exists already is granted as one of this app', () => {
  KeyValueBucket.fromBucketName(scene.chart, 'existing', 'carts', { target: scene.target }).grantRead(user, { keys: ['a'] });
  expect(published(user)).toEqual(readA);
});

test('a mirror is read by its own name and that of its origin, and not written', () => {
  new KeyValueBucket(scene.chart, 'baskets', { target: scene.target });
  const mirror = newBucket({ mirror: KeyValueOrigin.named('baskets') });
  mirror.grantRead(user, { keys: ['a'] });
  expect(published(user)).toEqual(expect.arrayContaining(['$JS.API.DIRECT.GET.KV_carts.$KV.carts.a', '$JS.API.DIRECT.GET.KV_carts.$KV.baskets.a']));
  expect(() => mirror.grantWrite(user)).toThrow('[test/carts] the bucket is a mirror of baskets, and stores nothing that is put into it; fix: grant it on baskets [GRANT-NOTHING]');
});

test.each<[string, string[], string]>([
  ['no keys', [], '[test/carts] keys is empty; allowed: at least one key, or no list for all [GRANT-SUBJECT]'],
  ['a key with a space', ['a b'], "keys has 'a b'; allowed: letters, digits, -, /, _, = and dots between them, * for one token, > at the end"],
  ['a key that ends with a dot', ['a.'], "keys has 'a.'"],
  ['a key with a sign that no bucket takes', ['a$'], "keys has 'a$'"],
])('%s is refused', (_, keys, message) => {
  expect(() => newBucket().grantRead(user, { keys })).toThrow(message);
  expect(() => KeyValueBucket.fromBucketName(scene.chart, 'existing', 'carts', { target: scene.target }).grantWrite(user, { keys })).toThrow(message.replace('test/carts', 'test/existing'));
});

test('who may write some keys can empty the bucket, which is a warning', () => {
  const bucket = newBucket();
  bucket.grantWrite(user, { keys: ['a'] });
  bucket.grantReadWrite(newUser('another'), { keys: ['b.>'] });
  bucket.grantWrite(newUser('all'));
  expect(findings()).toEqual([]);
  expect(warnings()).toEqual([expect.stringContaining(
    "warning: [test/carts] 'another', 'cashier' may write some keys of bucket 'carts', and empty all of it; allowed: users who may write all keys; fix: give users who do not trust each other buckets of their own",
  )]);
  warn.mockClear();
  Rules.acknowledge(bucket, 'GRANT-WRITE-KEYS', 'they trust each other');
  expect(findings()).toEqual([]);
  expect(warnings()).toEqual([]);
});

test('keys that let through more than they say are a warning', () => {
  const bucket = newBucket();
  bucket.grantRead(user, { keys: ['*', 'a.b'] });
  bucket.grantRead(newUser('legacy'), { keys: ['a'], legacyConsumers: true });
  expect(findings()).toEqual([]);
  expect(warnings()).toEqual([
    expect.stringContaining("user 'cashier' may read what > matches, not only '*'; allowed: keys whose last token is not *; fix: write >, or name the tokens"),
    expect.stringContaining("user 'legacy' may read all, not only keys a, because of legacyConsumers; allowed: one of keys and legacyConsumers; fix: leave keys out, or legacyConsumers"),
  ]);
});

test('an object store is read, or read and written; several writers are a warning', () => {
  const store = newStore();
  store.grantRead(newUser('reader'));
  store.grantReadWrite(user);
  expect(published(user)).toEqual(expect.arrayContaining(['$JS.API.INFO', '$O.files.C.*', '$O.files.M.*', '$JS.API.STREAM.PURGE.OBJ_files']));
  expect(findings()).toEqual([]);
  expect(warnings()).toEqual([]);

  store.grantReadWrite(newUser('another'));
  expect(findings()).toEqual([]);
  expect(warnings()).toEqual([expect.stringContaining(
    "warning: [test/files] 'another', 'cashier' may each empty the object store 'files'; allowed: one writer; fix: give users who do not trust each other stores of their own",
  )]);
});

test('an object store that exists already is granted as one of this app', () => {
  ObjectStoreBucket.fromBucketName(scene.chart, 'existing', 'files', { target: scene.target }).grantRead(user, { legacyConsumers: true });
  expect(published(user)).toEqual(expect.arrayContaining(['$JS.API.STREAM.NAMES', '$JS.API.CONSUMER.CREATE.OBJ_files']));
});

test('users of other accounts are refused', () => {
  const stranger = scene.cluster.addAccount('BILLING').addUser('clerk', { password: somePassword });
  expect(() => newBucket().grantRead(stranger)).toThrow("user 'clerk' is in account BILLING of test/nats, but this is in account ORDERS; allowed: a user of account ORDERS; fix: add a user to ORDERS; or let it export");
  expect(() => newStore().grantRead(stranger)).toThrow('[GRANT-ACCOUNT]');
});
