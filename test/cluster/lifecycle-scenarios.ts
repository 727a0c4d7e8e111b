import { Chart } from 'cdk8s';
import {
  ChangeEffect, JetStreamStream, JetStreamStreamProps, JetStreamTarget, KeyValueBucket, ObjectStoreBucket, StreamRetention,
} from '../../src';

/** Where the assets of a scenario are. */
export interface Scene {
  readonly chart: Chart;
  readonly orders: JetStreamTarget;
  readonly sales: JetStreamTarget;
  /** By a connection that leads to the account ORDERS before, and to SALES after. */
  readonly moving: JetStreamTarget;
}

/** Assets that come, go or move. */
export interface Scenario {
  readonly name: string;
  readonly before: (scene: Scene) => void;
  readonly after: (scene: Scene) => void;
  /** What is said of it beforehand. */
  readonly said: readonly ChangeEffect[];
  /** Messages of streams and buckets, and whether consumers are there, in the end: `ORDERS carts`, `ORDERS orders > worker`. Each stream has two messages before. */
  readonly found: { readonly [asset: string]: number | boolean | undefined };
}

const { SAFE, CAUTION, IGNORED, LOSS, REFUSED } = ChangeEffect;
const nothing = () => {};

function stream({ chart, orders: target }: Scene, name: string, props: Partial<JetStreamStreamProps> = {}): JetStreamStream {
  return new JetStreamStream(chart, `stream-${name}`, { target, name, subjects: [`${name}.>`], ...props });
}

function queue(scene: Scene, name: string): JetStreamStream {
  return stream(scene, name, { retention: StreamRetention.WORK_QUEUE });
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'a stream that may be deleted goes with its consumers',
    before: (scene) => { stream(scene, 'gone', { preventDelete: false }).addConsumer('worker'); },
    after: nothing,
    said: [LOSS, LOSS],
    found: { 'ORDERS gone': undefined },
  },
  {
    name: 'a stream stays, and its consumer goes',
    before: (scene) => { stream(scene, 'kept').addConsumer('worker'); },
    after: nothing,
    said: [LOSS, IGNORED],
    found: { 'ORDERS kept': 2, 'ORDERS kept > worker': undefined },
  },
  {
    name: 'a consumer stays',
    before: (scene) => { stream(scene, 'read').addConsumer('reader', { preventDelete: true }); },
    after: (scene) => { stream(scene, 'read'); },
    said: [IGNORED],
    found: { 'ORDERS read > reader': true },
  },
  {
    name: 'buckets stay',
    before: ({ chart, orders: target }) => { new KeyValueBucket(chart, 'carts', { target }); new ObjectStoreBucket(chart, 'photos', { target }); },
    after: nothing,
    said: [IGNORED, IGNORED],
    found: { 'ORDERS KV_carts': 0, 'ORDERS OBJ_photos': 0 },
  },
  {
    name: 'buckets that may be deleted go',
    before: ({ chart, orders: target }) => {
      new KeyValueBucket(chart, 'sessions', { target, preventDelete: false });
      new ObjectStoreBucket(chart, 'logs', { target, preventDelete: false });
    },
    after: nothing,
    said: [LOSS, LOSS],
    found: { 'ORDERS KV_sessions': undefined, 'ORDERS OBJ_logs': undefined },
  },
  {
    name: 'a resource with another name takes a stream over',
    before: (scene) => { stream(scene, 'heirloom', { resourceName: 'heirloom-old' }); },
    after: (scene) => { stream(scene, 'heirloom', { resourceName: 'heirloom-new' }); },
    said: [CAUTION, SAFE],
    found: { 'ORDERS heirloom': 2 },
  },
  {
    name: 'a resource with another name makes a stream anew that goes with the old one',
    before: (scene) => { stream(scene, 'reborn', { resourceName: 'reborn-old', preventDelete: false }); },
    after: (scene) => { stream(scene, 'reborn', { resourceName: 'reborn-new' }); },
    said: [LOSS, SAFE],
    found: { 'ORDERS reborn': 0 },
  },
  {
    name: 'a stream that gets another name, and keeps its subjects, is in its own way',
    before: (scene) => { stream(scene, 'earlier', { resourceName: 'titled' }); },
    after: (scene) => { stream(scene, 'later', { resourceName: 'titled', subjects: ['earlier.>'] }); },
    said: [REFUSED],
    found: { 'ORDERS earlier': 2, 'ORDERS later': undefined },
  },
  {
    name: 'a stream that gets another name and other subjects begins empty, beside the old one',
    before: (scene) => { stream(scene, 'first', { resourceName: 'numbered' }); },
    after: (scene) => { stream(scene, 'second', { resourceName: 'numbered' }); },
    said: [LOSS],
    found: { 'ORDERS first': 2, 'ORDERS second': 0 },
  },
  {
    name: 'a stream that stays keeps a new one from its subjects',
    before: (scene) => { stream(scene, 'tenant'); },
    after: (scene) => { stream(scene, 'lodger', { subjects: ['tenant.>'] }); },
    said: [REFUSED, IGNORED],
    found: { 'ORDERS tenant': 2, 'ORDERS lodger': undefined },
  },
  {
    name: 'a stream that goes leaves its subjects to a new one',
    before: (scene) => { stream(scene, 'seller', { preventDelete: false }); },
    after: (scene) => { stream(scene, 'buyer', { subjects: ['seller.>'] }); },
    said: [LOSS, SAFE],
    found: { 'ORDERS seller': undefined, 'ORDERS buyer': 0 },
  },
  {
    name: 'a subject goes from one stream to another',
    before: (scene) => { stream(scene, 'giver', { subjects: ['giver.a', 'given.b'] }); stream(scene, 'taker'); },
    after: (scene) => { stream(scene, 'giver', { subjects: ['giver.a'] }); stream(scene, 'taker', { subjects: ['taker.>', 'given.b'] }); },
    said: [LOSS, SAFE],
    found: { 'ORDERS giver': 2, 'ORDERS taker': 2 },
  },
  {
    name: 'a consumer of a work queue gives way to one with another name',
    before: (scene) => { queue(scene, 'parcels').addConsumer('packer'); },
    after: (scene) => { queue(scene, 'parcels').addConsumer('sorter'); },
    said: [LOSS, SAFE],
    found: { 'ORDERS parcels > packer': undefined, 'ORDERS parcels > sorter': true },
  },
  {
    name: 'a consumer of a work queue that stays keeps a new one from its messages',
    before: (scene) => { queue(scene, 'letters').addConsumer('packer', { preventDelete: true }); },
    after: (scene) => { queue(scene, 'letters').addConsumer('sorter'); },
    said: [REFUSED, IGNORED],
    found: { 'ORDERS letters > packer': true, 'ORDERS letters > sorter': undefined },
  },
  {
    name: 'a stream in another account begins empty, and the old one stays',
    before: (scene) => { stream(scene, 'nomad', { preventDelete: false }); },
    after: (scene) => { stream(scene, 'nomad', { preventDelete: false, target: scene.sales }); },
    said: [LOSS],
    found: { 'ORDERS nomad': 2, 'SALES nomad': 0 },
  },
  {
    name: 'what names a connection follows where it leads, and begins empty',
    before: (scene) => { stream(scene, 'follower', { target: scene.moving }); },
    after: (scene) => { stream(scene, 'follower', { target: scene.moving }); },
    said: [],
    found: { 'ORDERS follower': 2, 'SALES follower': 0 },
  },
  {
    name: 'nothing changes while that is prevented',
    before: (scene) => { stream(scene, 'frozen', { preventUpdate: true }); },
    after: (scene) => { stream(scene, 'frozen', { preventUpdate: true, maxMsgs: 1 }); },
    said: [IGNORED],
    found: { 'ORDERS frozen': 2 },
  },
  {
    name: 'all is applied that was prevented, once it is not',
    before: (scene) => { stream(scene, 'thawed', { preventUpdate: true }); },
    after: (scene) => { stream(scene, 'thawed', { maxMsgs: 1 }); },
    said: [LOSS, CAUTION],
    found: { 'ORDERS thawed': 1 },
  },
];
