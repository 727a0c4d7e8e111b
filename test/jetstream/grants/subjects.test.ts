import { AckPolicy } from '../../../src/jetstream/consumer/consumer-config';
import { bucketReadGrant, bucketWriteGrant } from '../../../src/jetstream/grants/bucket-grants';
import { ConsumedConsumer, consumeGrant } from '../../../src/jetstream/grants/consumer-grants';
import { DomainSide, inDomain } from '../../../src/jetstream/grants/domain';
import { objectStoreReadGrant, objectStoreWriteGrant } from '../../../src/jetstream/grants/object-store-grants';
import { manageGrant, publishGrant, readGrant } from '../../../src/jetstream/grants/stream-grants';

const acks = ['$JS.ACK.ORDERS.work.*.*.*.*.*', '$JS.ACK.*.*.ORDERS.work.*.*.*.*.>'];
const flow = ['$JS.FC.ORDERS.work.*', '$JS.FC.*.*.ORDERS.work.*'];
const info = '$JS.API.CONSUMER.INFO.ORDERS.work';

describe('a consumer', () => {
  const pull: ConsumedConsumer = { streamName: 'ORDERS', name: 'work', ackPolicy: AckPolicy.EXPLICIT, flowControl: false };
  const push: ConsumedConsumer = { ...pull, deliverSubject: 'deliver.work' };

  test.each<[string, ConsumedConsumer, { publish: string[]; subscribe?: string[] }]>([
    ['that is pulled', pull, { publish: [info, '$JS.API.CONSUMER.MSG.NEXT.ORDERS.work', ...acks] }],
    ['that is pulled and acknowledges all at once', { ...pull, ackPolicy: AckPolicy.ALL }, { publish: [info, '$JS.API.CONSUMER.MSG.NEXT.ORDERS.work', ...acks] }],
    ['that is pulled without acknowledgements', { ...pull, ackPolicy: AckPolicy.NONE }, { publish: [info, '$JS.API.CONSUMER.MSG.NEXT.ORDERS.work'] }],
    ['that pushes', push, { publish: [info, ...acks], subscribe: ['deliver.work'] }],
    ['that pushes to a group', { ...push, deliverGroup: 'workers' }, { publish: [info, ...acks], subscribe: ['deliver.work workers'] }],
    ['that pushes under flow control', { ...push, flowControl: true }, { publish: [info, ...acks, ...flow], subscribe: ['deliver.work'] }],
    ['that pushes without acknowledgements', { ...push, ackPolicy: AckPolicy.NONE }, { publish: [info], subscribe: ['deliver.work'] }],
    ['whose flow control acknowledges', { ...push, ackPolicy: AckPolicy.FLOW_CONTROL, flowControl: true }, { publish: [info, ...flow], subscribe: ['deliver.work'] }],
  ])('%s', (_, consumer, grant) => expect(consumeGrant(consumer)).toEqual(grant));
});

describe('a stream', () => {
  const stream = { name: 'ORDERS', allowDirect: true };
  const indirect = { name: 'ORDERS', allowDirect: false };
  const ordered = (...filters: string[]) => [
    ...filters.map((filter) => `$JS.API.CONSUMER.CREATE.ORDERS.*.${filter}`),
    '$JS.API.CONSUMER.MSG.NEXT.ORDERS.*', '$JS.API.CONSUMER.INFO.ORDERS.*', '$JS.FC.ORDERS.*.*', '$JS.FC.*.*.ORDERS.*.*',
  ];
  const none = { orderedConsumers: false, legacyConsumers: false };

  test('published to', () => expect(publishGrant(['orders.>'])).toEqual({ publish: ['orders.>'] }));

  test.each([
    ['all of it, message by message', stream, none, ['$JS.API.STREAM.INFO.ORDERS', '$JS.API.DIRECT.GET.ORDERS.>', '$JS.API.DIRECT.GET.ORDERS']],
    ['all of it, without direct access', indirect, none, ['$JS.API.STREAM.INFO.ORDERS', '$JS.API.STREAM.MSG.GET.ORDERS']],
    ['all of it, by ordered consumers', stream, { ...none, orderedConsumers: true },
      ['$JS.API.STREAM.INFO.ORDERS', '$JS.API.DIRECT.GET.ORDERS.>', '$JS.API.DIRECT.GET.ORDERS', ...ordered('>'), '$JS.API.CONSUMER.CREATE.ORDERS.*']],
    ['some subjects', stream, { ...none, filterSubjects: ['orders.paid'] }, ['$JS.API.STREAM.INFO.ORDERS', '$JS.API.DIRECT.GET.ORDERS.orders.paid']],
    ['some subjects, by ordered consumers', indirect, { ...none, orderedConsumers: true, filterSubjects: ['a', 'b.>'] }, ['$JS.API.STREAM.INFO.ORDERS', ...ordered('a', 'b.>')]],
    ['some subjects, by consumers of old clients', indirect, { orderedConsumers: true, legacyConsumers: true, filterSubjects: ['a'] },
      ['$JS.API.STREAM.INFO.ORDERS', ...ordered('a'), '$JS.API.CONSUMER.CREATE.ORDERS']],
  ])('%s', (_, config, reading, publish) => expect(readGrant(config, reading)).toEqual({ publish }));

  test('managed', () => {
    expect(manageGrant('ORDERS').publish!.map((subject) => subject.replace('$JS.API.', ''))).toEqual([
      'STREAM.INFO.ORDERS', 'STREAM.CREATE.ORDERS', 'STREAM.UPDATE.ORDERS', 'STREAM.DELETE.ORDERS', 'STREAM.PURGE.ORDERS', 'STREAM.MSG.GET.ORDERS', 'STREAM.MSG.DELETE.ORDERS',
      'DIRECT.GET.ORDERS', 'DIRECT.GET.ORDERS.>', 'CONSUMER.CREATE.ORDERS.>', 'CONSUMER.DURABLE.CREATE.ORDERS.*', 'CONSUMER.INFO.ORDERS.*', 'CONSUMER.DELETE.ORDERS.*',
      'CONSUMER.PAUSE.ORDERS.*', 'CONSUMER.UNPIN.ORDERS.*', 'CONSUMER.RESET.ORDERS.*', 'CONSUMER.NAMES.ORDERS', 'CONSUMER.LIST.ORDERS',
    ]);
  });
});

describe('a bucket', () => {
  const bucket = { name: 'carts' };
  const readAll = [
    '$JS.API.STREAM.INFO.KV_carts', '$JS.API.DIRECT.GET.KV_carts.$KV.carts.>', '$JS.API.DIRECT.GET.KV_carts', '$JS.API.STREAM.MSG.GET.KV_carts',
    '$JS.API.CONSUMER.CREATE.KV_carts.*.$KV.carts.>', '$JS.API.CONSUMER.INFO.KV_carts.*', '$JS.FC.KV_carts.*.*', '$JS.FC.*.*.KV_carts.*.*',
  ];

  test.each([
    ['all keys', { legacyConsumers: false }, readAll],
    ['all keys, by consumers of old clients', { legacyConsumers: true }, [...readAll, '$JS.API.CONSUMER.CREATE.KV_carts', '$JS.API.CONSUMER.CREATE.KV_carts.*']],
    ['some keys', { legacyConsumers: false, keys: ['a', 'b.>'] }, [
      '$JS.API.STREAM.INFO.KV_carts', '$JS.API.DIRECT.GET.KV_carts.$KV.carts.a', '$JS.API.DIRECT.GET.KV_carts.$KV.carts.b.>',
      '$JS.API.CONSUMER.CREATE.KV_carts.*.$KV.carts.a', '$JS.API.CONSUMER.CREATE.KV_carts.*.$KV.carts.b.>',
      '$JS.API.CONSUMER.INFO.KV_carts.*', '$JS.FC.KV_carts.*.*', '$JS.FC.*.*.KV_carts.*.*',
    ]],
  ])('of which a user reads %s', (_, reading, publish) => expect(bucketReadGrant(bucket, reading)).toEqual({ publish }));

  test('that mirrors another', () => {
    expect(bucketReadGrant({ name: 'carts', mirrorOf: 'baskets' }, { keys: ['a'], legacyConsumers: false }).publish!.filter((subject) => subject.includes('$KV'))).toEqual([
      '$JS.API.DIRECT.GET.KV_carts.$KV.carts.a', '$JS.API.DIRECT.GET.KV_carts.$KV.baskets.a',
      '$JS.API.CONSUMER.CREATE.KV_carts.*.$KV.carts.a', '$JS.API.CONSUMER.CREATE.KV_carts.*.$KV.baskets.a',
    ]);
  });

  test('of which a user writes keys', () => {
    expect(bucketWriteGrant('carts')).toEqual({ publish: ['$JS.API.STREAM.INFO.KV_carts', '$KV.carts.>'] });
    expect(bucketWriteGrant('carts', ['a', 'b.*'])).toEqual({ publish: ['$JS.API.STREAM.INFO.KV_carts', '$KV.carts.a', '$KV.carts.b.*'] });
  });
});

test('an object store', () => {
  const read = [
    '$JS.API.INFO', '$JS.API.STREAM.INFO.OBJ_files', '$JS.API.DIRECT.GET.OBJ_files.$O.files.M.>', '$JS.API.STREAM.MSG.GET.OBJ_files',
    '$JS.API.CONSUMER.CREATE.OBJ_files.*.$O.files.>', '$JS.API.CONSUMER.INFO.OBJ_files.*', '$JS.FC.OBJ_files.*.*', '$JS.FC.*.*.OBJ_files.*.*',
  ];
  expect(objectStoreReadGrant('files', { legacyConsumers: false })).toEqual({ publish: read });
  expect(objectStoreReadGrant('files', { legacyConsumers: true })).toEqual({ publish: [...read, '$JS.API.CONSUMER.CREATE.OBJ_files', '$JS.API.STREAM.NAMES'] });
  expect(objectStoreWriteGrant('files')).toEqual({ publish: ['$O.files.C.*', '$O.files.M.*', '$JS.API.STREAM.PURGE.OBJ_files'] });
});

describe('a domain', () => {
  const grant = { publish: ['$JS.API.CONSUMER.INFO.S.C', '$KV.B.>', '$JS.ACK.S.C.*.*.*.*.*', 'orders.>', '$JS.APIS'], subscribe: ['deliver'] };
  const named = ['$JS.hub.API.CONSUMER.INFO.S.C', '$JS.hub.API.$KV.B.>', '$JS.ACK.S.C.*.*.*.*.*', 'orders.>', '$JS.APIS'];

  test('is named by users outside', () => expect(inDomain(grant, 'hub', DomainSide.OUTSIDE)).toEqual({ publish: named, subscribe: ['deliver'] }));
  test('is named besides where it is not known', () => expect(inDomain(grant, 'hub', DomainSide.ANY)).toEqual({ publish: [...grant.publish, ...named], subscribe: ['deliver'] }));
});
