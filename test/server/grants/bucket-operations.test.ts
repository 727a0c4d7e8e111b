import { jetstream } from '@nats-io/jetstream';
import { Kvm, KvWatchEntry } from '@nats-io/kv';
import { Objm } from '@nats-io/obj';
import { all, take } from './async-iterables';
import { GrantedAccount, serverKinds } from './granted-account';
import { NATS_VERSIONS, natsServer } from '../harness/binaries';

jest.setTimeout(30_000);
jest.spyOn(console, 'warn').mockImplementation();

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

describe.each(serverKinds)('nats-server $version, acknowledgements $ackFormat', (kind) => {
  const account = new GrantedAccount(kind);
  const { carts, files } = account;
  const users = {
    cartReader: account.granted((granted) => carts.grantRead(granted)),
    legacyCartReader: account.granted((granted) => carts.grantRead(granted, { legacyConsumers: true })),
    cartReaderOfOne: account.granted((granted) => carts.grantRead(granted, { keys: ['a'] })),
    cartWriter: account.granted((granted) => carts.grantWrite(granted)),
    cartWriterOfOne: account.granted((granted) => carts.grantWrite(granted, { keys: ['a'] })),
    cartOwner: account.granted((granted) => carts.grantReadWrite(granted)),
    fileReader: account.granted((granted) => files.grantRead(granted)),
    fileOwner: account.granted((granted) => files.grantReadWrite(granted)),
  };
  let owner: Kvm;

  beforeAll(async () => {
    await account.start();
    const admin = jetstream(await account.connect('admin'));
    owner = new Kvm(admin);
    await owner.create('carts', { history: 5 });
    await new Objm(admin).create('files');
  });

  afterAll(() => account.stop());

  test('who may read a bucket gets, watches, lists and looks back', async () => {
    const bucketOfOwner = await owner.open('carts');
    for (const [key, value] of [['a', '1'], ['a', '2'], ['b.c', '3']]) await bucketOfOwner.put(key, value);
    const connection = await account.connect(users.cartReader);
    for (const bucket of [await new Kvm(connection).open('carts'), await new Kvm(connection).open('carts', { allow_direct: true })]) {
      expect((await bucket.get('a'))?.string()).toBe('2');
      const { revision } = (await bucket.get('a'))!;
      expect((await bucket.get('a', { revision }))?.string()).toBe('2');
      expect(await all(await bucket.keys())).toEqual(expect.arrayContaining(['a', 'b.c']));
      expect(await all(await bucket.keys('b.>'))).toEqual(['b.c']);
      expect((await take(await bucket.history({ key: 'a' }), 2)).map((entry) => entry.string())).toEqual(['1', '2']);
      expect((await take<KvWatchEntry>(await bucket.watch(), 2)).length).toBe(2);
      expect((await take<KvWatchEntry>(await bucket.watch({ key: 'b.*' }), 1))[0].key).toBe('b.c');
      expect(await bucket.status()).toMatchObject({ bucket: 'carts' });
    }
  });

  test('who may read a bucket by consumers of old clients watches several keys at once', async () => {
    const bucket = await new Kvm(await account.connect(users.legacyCartReader)).open('carts', { allow_direct: true });
    expect((await take<KvWatchEntry>(await bucket.watch({ key: ['a', 'b.c'] }), 2)).map(({ key }) => key).sort()).toEqual(['a', 'b.c']);
  });

  test('who may read one key does, and no other', async () => {
    const bucket = await new Kvm(await account.connect(users.cartReaderOfOne)).open('carts', { allow_direct: true });
    expect((await bucket.get('a'))?.string()).toBe('2');
    expect((await take<KvWatchEntry>(await bucket.watch({ key: 'a' }), 1))[0].string()).toBe('2');
    expect((await take(await bucket.history({ key: 'a' }), 2)).length).toBe(2);
    expect(await all(await bucket.keys('a'))).toEqual(['a']);
    await expect(bucket.get('b.c')).rejects.toThrow(/Permissions Violation/);
    await expect(bucket.watch()).rejects.toThrow(/Permissions Violation/);
    await expect(bucket.put('a', '4')).rejects.toThrow(/Permissions Violation/);
  });

  test('who may write a bucket puts, creates, updates, deletes and purges', async () => {
    const bucket = await new Kvm(await account.connect(users.cartWriter)).open('carts');
    const revision = await bucket.create('new', '1');
    const next = await bucket.update('new', '2', revision);
    expect(next).toBeGreaterThan(revision);
    await bucket.put('new', '3');
    await bucket.delete('new');
    await bucket.purge('new');
    await expect(bucket.get('new')).rejects.toThrow(/Permissions Violation/);
  });

  test('who may write one key does, and no other', async () => {
    const bucket = await new Kvm(await account.connect(users.cartWriterOfOne)).open('carts');
    await bucket.put('a', '2');
    await expect(bucket.put('b', '2')).rejects.toThrow(/Permissions Violation/);
  });

  test('who may read and write a bucket makes anew what was deleted', async () => {
    const bucket = await new Kvm(await account.connect(users.cartOwner)).open('carts');
    await bucket.put('gone', '1');
    await bucket.delete('gone');
    await bucket.create('gone', '2');
    expect((await bucket.get('gone'))?.string()).toBe('2');
  });

  test('who may read and write an object store puts, replaces, describes and deletes objects', async () => {
    const store = await new Objm(await account.connect(users.fileOwner)).open('files');
    const large = new Uint8Array(512 * 1024).fill(7);
    await store.putBlob({ name: 'a' }, large);
    await store.putBlob({ name: 'a' }, new Uint8Array([1, 2]));
    expect(await store.getBlob('a')).toEqual(new Uint8Array([1, 2]));
    await store.update('a', { description: 'small' });
    await store.link('link', (await store.info('a'))!);
    await store.putBlob({ name: 'b' }, large);
    await store.delete('a');
    expect(await store.info('a')).toMatchObject({ deleted: true });
    expect((await store.list()).map(({ name }) => name).sort()).toEqual(['b', 'link']);
  });

  test('who may read an object store gets, lists and watches objects', async () => {
    const store = await new Objm(await account.connect(users.fileReader)).open('files');
    expect(await store.info('b')).toMatchObject({ size: 512 * 1024 });
    expect((await store.getBlob('b'))?.length).toBe(512 * 1024);
    expect((await store.list()).map(({ name }) => name)).toContain('b');
    expect((await take(await store.watch({ includeHistory: true }), 1)).length).toBe(1);
    expect(await store.status()).toMatchObject({ bucket: 'files' });
    await expect(store.putBlob({ name: 'c' }, new Uint8Array([1]))).rejects.toThrow(/Permissions Violation/);
    await expect(store.delete('b')).rejects.toThrow(/Permissions Violation/);
  });

});
