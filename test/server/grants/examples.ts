import { GrantedAccount } from './granted-account';
import { NatsUser } from '../../../src';

/** A grant, and which of the probes it opens; all others it must refuse. */
export interface GrantExample {
  readonly title: string;
  readonly grant: (account: GrantedAccount, user: NatsUser) => void;
  /** Alternatives in braces: `a.{b,c}` stands for `a.b` and `a.c`. */
  readonly publish: string[];
  readonly subscribe?: string[];
}

const API = '$JS.API';
const acksOf = (stream: string, consumer: string) =>
  [`$JS.ACK.${stream}.${consumer}.1.2.3.4.5`, `$JS.ACK.{_,hub}.Ab3dEf7h.${stream}.${consumer}.1.2.3.4.5`, `$JS.ACK._.Ab3dEf7h.${stream}.${consumer}.1.2.3.4.5.token`];
const flowOf = (stream: string, consumer: string) => [`$JS.FC.${stream}.${consumer}.x1`, `$JS.FC._.Ab3dEf7h.${stream}.${consumer}.x1`];
const orders = '{orders.new,orders.paid,orders.paid.late,>}';
const consumers = '{work,push,flow,other,mine}';
const ordered = [`${API}.CONSUMER.{MSG.NEXT,INFO}.ORDERS.${consumers}`, ...flowOf('ORDERS', consumers)];
const carts = ['$KV.carts.{a,b,b.c,>}'];
const readCarts = [`${API}.STREAM.INFO.KV_carts`, `${API}.CONSUMER.INFO.KV_carts.{watcher,mine}`, ...flowOf('KV_carts', '{watcher,mine}')];
const readFiles = [
  `${API}.INFO`, `${API}.STREAM.{INFO,MSG.GET}.OBJ_files`, `${API}.DIRECT.GET.OBJ_files.$O.files.M.{x,>}`,
  `${API}.CONSUMER.CREATE.OBJ_files.{watcher,mine}.$O.files.{C,M}.{x,>}`, `${API}.CONSUMER.INFO.OBJ_files.{watcher,mine}`, ...flowOf('OBJ_files', '{watcher,mine}'),
];
const discovered = ['$SRV.PING', '$SRV.PING.prices', '$SRV.INFO.prices.1'];

export const examples: GrantExample[] = [
  { title: 'grantPublish of a stream', grant: ({ orders: stream }, user) => stream.grantPublish(user), publish: ['orders.{new,paid,paid.late}'] },
  { title: 'grantPublish of one subject', grant: ({ orders: stream }, user) => stream.grantPublish(user, { subjects: ['orders.new'] }), publish: ['orders.new'] },
  {
    title: 'grantRead of a stream',
    grant: ({ orders: stream }, user) => stream.grantRead(user),
    publish: [`${API}.STREAM.INFO.ORDERS`, `${API}.DIRECT.GET.ORDERS`, `${API}.DIRECT.GET.ORDERS.${orders}`],
  },
  {
    title: 'grantRead of a stream by ordered consumers',
    grant: ({ orders: stream }, user) => stream.grantRead(user, { orderedConsumers: true }),
    publish: [
      `${API}.STREAM.INFO.ORDERS`, `${API}.DIRECT.GET.ORDERS`, `${API}.DIRECT.GET.ORDERS.${orders}`, ...ordered,
      `${API}.CONSUMER.CREATE.ORDERS.${consumers}`, `${API}.CONSUMER.CREATE.ORDERS.${consumers}.${orders}`,
    ],
  },
  {
    title: 'grantRead of one subject',
    grant: ({ orders: stream }, user) => stream.grantRead(user, { filterSubjects: ['orders.paid'] }),
    publish: [`${API}.STREAM.INFO.ORDERS`, `${API}.DIRECT.GET.ORDERS.orders.paid`],
  },
  {
    title: 'grantRead of one subject by ordered consumers',
    grant: ({ orders: stream }, user) => stream.grantRead(user, { filterSubjects: ['orders.paid'], orderedConsumers: true }),
    publish: [`${API}.STREAM.INFO.ORDERS`, `${API}.DIRECT.GET.ORDERS.orders.paid`, ...ordered, `${API}.CONSUMER.CREATE.ORDERS.${consumers}.orders.paid`],
  },
  {
    title: 'grantRead by consumers of old clients',
    grant: ({ orders: stream }, user) => stream.grantRead(user, { filterSubjects: ['orders.paid'], legacyConsumers: true }),
    publish: [
      `${API}.STREAM.INFO.ORDERS`, `${API}.DIRECT.GET.ORDERS.orders.paid`, ...ordered, `${API}.CONSUMER.CREATE.ORDERS.${consumers}.orders.paid`, `${API}.CONSUMER.CREATE.ORDERS`,
    ],
  },
  {
    title: 'grantManage of a stream',
    grant: ({ orders: stream }, user) => stream.grantManage(user),
    publish: [
      `${API}.STREAM.{INFO,CREATE,UPDATE,DELETE,PURGE,MSG.GET,MSG.DELETE}.ORDERS`, `${API}.DIRECT.GET.ORDERS`, `${API}.DIRECT.GET.ORDERS.${orders}`,
      `${API}.CONSUMER.{CREATE,DURABLE.CREATE,INFO,DELETE,PAUSE,UNPIN,RESET}.ORDERS.${consumers}`, `${API}.CONSUMER.CREATE.ORDERS.${consumers}.${orders}`,
      `${API}.CONSUMER.{NAMES,LIST}.ORDERS`,
    ],
  },
  {
    title: 'grantConsume of a pull consumer',
    grant: ({ work }, user) => work.grantConsume(user),
    publish: [`${API}.CONSUMER.{INFO,MSG.NEXT}.ORDERS.work`, ...acksOf('ORDERS', 'work')],
  },
  {
    title: 'grantConsume of a push consumer with a group',
    grant: ({ push }, user) => push.grantConsume(user),
    publish: [`${API}.CONSUMER.INFO.ORDERS.push`, ...acksOf('ORDERS', 'push')],
    subscribe: ['deliver.push workers'],
  },
  {
    title: 'grantConsume of a push consumer with flow control',
    grant: ({ flow }, user) => flow.grantConsume(user),
    publish: [`${API}.CONSUMER.INFO.ORDERS.flow`, ...acksOf('ORDERS', 'flow'), ...flowOf('ORDERS', 'flow')],
    subscribe: ['deliver.flow'],
  },
  {
    title: 'grantRead of a bucket',
    grant: ({ carts: bucket }, user) => bucket.grantRead(user),
    publish: [
      ...readCarts, `${API}.DIRECT.GET.KV_carts`, `${API}.STREAM.MSG.GET.KV_carts`,
      ...carts.flatMap((key) => [`${API}.DIRECT.GET.KV_carts.${key}`, `${API}.CONSUMER.CREATE.KV_carts.{watcher,mine}.${key}`]),
    ],
  },
  {
    title: 'grantRead of a key',
    grant: ({ carts: bucket }, user) => bucket.grantRead(user, { keys: ['a'] }),
    publish: [...readCarts, `${API}.DIRECT.GET.KV_carts.$KV.carts.a`, `${API}.CONSUMER.CREATE.KV_carts.{watcher,mine}.$KV.carts.a`],
  },
  {
    title: 'grantWrite of a bucket',
    grant: ({ carts: bucket }, user) => bucket.grantWrite(user),
    publish: [`${API}.STREAM.INFO.KV_carts`, ...carts],
  },
  {
    title: 'grantWrite of keys',
    grant: ({ carts: bucket }, user) => bucket.grantWrite(user, { keys: ['b.>'] }),
    publish: [`${API}.STREAM.INFO.KV_carts`, '$KV.carts.b.c'],
  },
  { title: 'grantRead of an object store', grant: ({ files }, user) => files.grantRead(user), publish: readFiles },
  {
    title: 'grantReadWrite of an object store',
    grant: ({ files }, user) => files.grantReadWrite(user),
    publish: [...readFiles, `${API}.STREAM.PURGE.OBJ_files`, '$O.files.{C,M}.{x,>}'],
  },
  { title: 'grantRequest of a service', grant: ({ prices }, user) => prices.grantRequest(user), publish: ['prices.get'] },
  {
    title: 'grantServe of a service that shop may ask',
    grant: (account, user) => {
      account.prices.grantRequest(account.user('shop'));
      account.prices.grantServe(user, { queue: 'q', name: 'prices' });
    },
    publish: ['_INBOX_shop.x.y'],
    subscribe: ['prices.get q', ...discovered],
  },
  { title: 'grantServe of a service that nobody may ask yet', grant: ({ prices }, user) => prices.grantServe(user), publish: [], subscribe: ['prices.get', 'prices.get q', 'prices.get others'] },
  {
    title: 'grantDiscover of a service',
    grant: (account, user) => {
      account.prices.grantServe(account.user('pricing'), { name: 'prices' });
      account.prices.grantDiscover(user);
    },
    publish: ['$SRV.PING', '$SRV.INFO.prices', '$SRV.STATS.prices.1'],
  },
];

/** All that a text with alternatives in braces stands for. */
export function alternatives(text: string): string[] {
  const [braces, list] = /\{([^{}]*)\}/.exec(text) ?? [];
  return braces === undefined ? [text] : list.split(',').flatMap((one) => alternatives(text.replace(braces, () => one)));
}
