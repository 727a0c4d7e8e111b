import { execFileSync } from 'child_process';
import * as path from 'path';
import { folderOf, removeFolders, resource } from './folders';
import { runCommand } from '../../src/change/command';

const orders = { name: 'ORDERS', subjects: ['orders.>'], maxMsgs: 1000, noAck: true };
const stream = (spec: object) => ({ 'production/SECRETS.md': '', 'production/jetstream/Stream.orders.k8s.yaml': JSON.stringify(resource('Stream', 'orders', { ...orders, ...spec })) });
const KEY = 'production/Stream/messaging/orders/maxMsgs';

afterEach(removeFolders);

function diff(before: object, after: object, ...options: string[]) {
  return runCommand(['diff', folderOf(stream(before)), folderOf(stream(after)), ...options]);
}

test('nothing changes', () => {
  expect(diff({}, {})).toEqual({ code: 0, output: 'no changes of streams, consumers, buckets, volumes and StatefulSets\n', errors: '' });
});

test('a loss is shown with its reason and the safe way, and fails', () => {
  const { code, output } = diff({}, { maxMsgs: 10 });
  expect(code).toBe(1);
  expect(output.split('\n')).toEqual([
    'EFFECT  WHAT                                        CHANGE',
    `LOSS    ${KEY}  1000 -> 10`,
    '',
    `LOSS ${KEY}`,
    '  the oldest messages above the limit are deleted at once',
    '  safe way: copy them into another stream first, or check with nats stream info that the stream is below the limit',
    '',
  ]);
});

test('a loss that is accepted does not fail', () => {
  expect(diff({}, { maxMsgs: 10 }, '--accept', KEY).code).toBe(0);
});

test('an acceptance of what does not change fails', () => {
  expect(diff({}, {}, '--accept', KEY)).toMatchObject({ code: 2, errors: `error: --accept names ${KEY}, which does not change; allowed: nothing, because nothing changes\n` });
});

test('what is ignored fails with --strict only', () => {
  expect(diff({}, { noAck: false }).code).toBe(0);
  expect(diff({}, { noAck: false }, '--strict').code).toBe(1);
});

test('programs get JSON', () => {
  expect(JSON.parse(diff({}, { maxMsgs: 10 }, '--json').output)).toEqual([{
    key: KEY,
    environment: 'production',
    kind: 'Stream',
    namespace: 'messaging',
    name: 'orders',
    field: 'maxMsgs',
    before: '1000',
    after: '10',
    effect: 'loss',
    reason: expect.any(String),
    advice: expect.any(String),
  }]);
});

test.each([
  ['a folder that is not there', () => ['diff', '/does/not/exist', folderOf({})], 'there is no folder /does/not/exist'],
  ['a file that is not YAML', () => ['diff', folderOf({ 'a.yaml': 'a: [' }), folderOf({})], 'a.yaml is not YAML'],
  ['one object twice', () => ['diff', folderOf({ 'a.yaml': JSON.stringify(resource('Stream', 'a', {})), 'b.yaml': JSON.stringify(resource('Stream', 'a', {})) }), folderOf({})], 'which another file'],
  ['an environment against all', () => ['diff', folderOf(stream({})), folderOf({ 'a.yaml': JSON.stringify(resource('Stream', 'a', {})) })], 'only one is divided into environments'],
  ['one folder', () => ['diff', 'dist'], 'missing required argument \'new\''],
  ['an unknown command', () => ['dif'], 'unknown command \'dif\''],
])('%s cannot be compared', (_, args, message) => {
  const { code, errors } = runCommand(args());
  expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
});

test('the program ends with the code', () => {
  const program = path.join(__dirname, '../../src/change/main.ts');
  const run = () => execFileSync(process.execPath, ['--import', 'tsx', program, 'diff', folderOf(stream({})), folderOf(stream({ maxMsgs: 10 }))], { encoding: 'utf8', stdio: 'pipe' });
  expect(run).toThrow(expect.objectContaining({ status: 1, stdout: expect.stringContaining('LOSS') }));
});
