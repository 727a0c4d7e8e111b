/** What the API of JetStream asks of an account, a stream and a consumer: all of it in the three versions of the server. */
const ACCOUNT = [
  'INFO', 'STREAM.NAMES', 'STREAM.LIST', 'META.LEADER.STEPDOWN', 'META.RESCUE', 'SERVER.REMOVE', 'SERVER.EVACUATE',
  'ACCOUNT.PURGE.SHOP', 'ACCOUNT.STREAM.MOVE.SHOP.ORDERS', 'ACCOUNT.STREAM.CANCEL_MOVE.SHOP.ORDERS',
  'STREAM.TEMPLATE.NAMES', 'STREAM.TEMPLATE.CREATE.t', 'STREAM.TEMPLATE.INFO.t', 'STREAM.TEMPLATE.DELETE.t',
];
const STREAM = [
  'STREAM.INFO', 'STREAM.CREATE', 'STREAM.UPDATE', 'STREAM.DELETE', 'STREAM.PURGE', 'STREAM.SNAPSHOT', 'STREAM.RESTORE', 'STREAM.MSG.GET', 'STREAM.MSG.DELETE',
  'STREAM.PEER.REMOVE', 'STREAM.PEER.EVACUATE', 'STREAM.CANCEL_MOVE', 'STREAM.LEADER.STEPDOWN', 'DIRECT.GET', 'CONSUMER.NAMES', 'CONSUMER.LIST', 'CONSUMER.CREATE',
];
const CONSUMER = [
  'CONSUMER.CREATE', 'CONSUMER.DURABLE.CREATE', 'CONSUMER.INFO', 'CONSUMER.DELETE', 'CONSUMER.PAUSE', 'CONSUMER.RESET', 'CONSUMER.UNPIN', 'CONSUMER.MSG.NEXT',
  'CONSUMER.LEADER.STEPDOWN', 'CONSUMER.PEER.REMOVE', 'CONSUMER.PEER.EVACUATE',
];

/** A stream, its consumers, and subjects to which something is published that it stores. */
export interface Probed {
  readonly stream: string;
  readonly consumers: string[];
  readonly subjects: string[];
}

/** The streams of the account on which grants are tried: one of each kind, and one of which nobody is granted anything. */
export const streams: Probed[] = [
  { stream: 'ORDERS', consumers: ['work', 'push', 'flow', 'other'], subjects: ['orders.new', 'orders.paid', 'orders.paid.late', '>'] },
  { stream: 'KV_carts', consumers: ['watcher'], subjects: ['$KV.carts.a', '$KV.carts.b', '$KV.carts.b.c', '$KV.carts.>', '>'] },
  { stream: 'OBJ_files', consumers: ['watcher'], subjects: ['$O.files.C.x', '$O.files.M.x', '$O.files.C.>', '$O.files.M.>', '>'] },
  { stream: 'LEDGER', consumers: ['work'], subjects: ['ledger.new', 'orders.paid', '>'] },
];

/** Subjects to publish to: each request of the API about each stream and consumer, acknowledgements and flow control in both formats, messages and inboxes. */
export function publishProbes(): string[] {
  const all = [...streams, { stream: '*', consumers: ['*', '>'], subjects: ['>'] }];
  return [...new Set([
    ...ACCOUNT.map(api),
    ...all.flatMap(({ stream, consumers, subjects }) => [
      ...STREAM.map((verb) => api(`${verb}.${stream}`)),
      ...subjects.map((subject) => api(`DIRECT.GET.${stream}.${subject}`)),
      ...[...consumers, 'mine'].flatMap((consumer) => [
        ...CONSUMER.map((verb) => api(`${verb}.${stream}.${consumer}`)),
        ...subjects.map((subject) => api(`CONSUMER.CREATE.${stream}.${consumer}.${subject}`)),
        ack(stream, consumer), ackV2('_', stream, consumer), ackV2('hub', stream, consumer), `${ackV2('_', stream, consumer)}.token`,
        flowControl(stream, consumer), flowControlV2(stream, consumer),
      ]),
      ...subjects.filter((subject) => subject !== '>'),
    ]),
    // The name of a stream where the other format has the domain, and a subject that is shorter or longer than an acknowledgement.
    '$JS.ACK.ORDERS.work', '$JS.ACK.ORDERS.work.1.1.1.1', `${ack('ORDERS', 'work')}.1`, ackV2('ORDERS', 'work', '1'),
    '$JS.ACK.>', '$JS.FC.>', '$JS.API.>', '$JS.hub.API.STREAM.INFO.ORDERS', '$JS.EVENT.ADVISORY.STREAM.CREATED.ORDERS', '$JSC.R.x', '$NRG.x',
    '$SYS.REQ.USER.INFO', '$SYS.REQ.SERVER.PING', '$SRV.PING', '$SRV.INFO.prices', '$SRV.STATS.prices.1', 'prices.get',
    '_INBOX.x', '_INBOX_me.x', '_INBOX_shop.x.y', '_INBOX_nobody.x', 'orders', 'orders.', 'other', '>',
  ])].filter((subject) => !subject.endsWith('.'));
}

/** Subjects to subscribe to, some with a queue group. */
export const subscribeProbes = [
  '>', '*', '*.*', 'orders.>', 'orders.new', 'orders.paid', 'deliver.push', 'deliver.push workers', 'deliver.push others', 'deliver.*', 'deliver.flow', 'deliver.other', 'ledger.new',
  '$JS.>', '$JS.API.>', '$JS.API.CONSUMER.MSG.NEXT.ORDERS.work', '$JS.ACK.>', '$JS.ACK.ORDERS.work.>', '$JS.FC.>', '$JS.EVENT.>', '$JS.EVENT.ADVISORY.>', '$JSC.R.>', '$NRG.>',
  '$KV.>', '$KV.carts.>', '$KV.carts.a', '$O.files.>', '$SYS.>', '$SYS.ACCOUNT.SHOP.>', '$SRV.>', '$SRV.PING', '$SRV.PING.prices', '$SRV.INFO.prices.1', '$SRV.PING.other',
  'prices.get', 'prices.get q', 'prices.get others', 'prices.>',
  '_INBOX.>', '_INBOX.*', '_INBOX.x', '_INBOX_*.>', '_INBOX_shop.>', '_INBOX_shop.x', '_INBOX_nobody.>', '_INBOX_me.>', '_INBOX_me.x', '_INBOX_me.x.y.z',
];

function api(request: string): string {
  return `$JS.API.${request}`;
}

function ack(stream: string, consumer: string): string {
  return `$JS.ACK.${stream}.${consumer}.1.2.3.4.5`;
}

function ackV2(domain: string, stream: string, consumer: string): string {
  return `$JS.ACK.${domain}.Ab3dEf7h.${stream}.${consumer}.1.2.3.4.5`;
}

function flowControl(stream: string, consumer: string): string {
  return `$JS.FC.${stream}.${consumer}.x1`;
}

function flowControlV2(stream: string, consumer: string): string {
  return `$JS.FC._.Ab3dEf7h.${stream}.${consumer}.x1`;
}
