import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as fc from 'fast-check';
import { NATS_VERSIONS, natsServer, NatsVersion } from './harness/binaries';
import { JetStreamApi } from './harness/jetstream-api';
import { NatsProcess } from './harness/nats-process';
import { plain } from './harness/plain';
import { streamBody } from './harness/stream-body';
import { streamChangeCases } from './updates/stream-updates';
import { Change } from './updates/update-comparison';
import { StreamSpec, StreamSpecStorage } from '../../imports/jetstream.nats.io';
import { ChangeEffect } from '../../src';
import { somewhere, streamOnServer } from '../../src/change/server-defaults';
import { streamChanges } from '../../src/change/stream-changes';
import { streamToCreate, streamToUpdate } from '../../src/jetstream/nack/stream-requests';
import { StreamConfig } from '../../src/jetstream/stream/stream-config';
import { someStream } from '../jetstream/some-configs';

jest.setTimeout(120_000);

const MESSAGES = 12;
const origin = someStream({ name: 'origin', subjects: ['origin.>'] });

const store = mkdtempSync(join(tmpdir(), 'store-'));
afterAll(() => rmSync(store, { recursive: true, force: true }));

/** A server of this version, with what one of its kind has left behind. */
async function started(version: NatsVersion): Promise<{ server: NatsProcess; api: JetStreamApi }> {
  natsServer(version);
  const config = `listen: "127.0.0.1:-1"\nserver_name: a\njetstream { store_dir: "${join(store, version)}", max_mem: 1G, max_file: 1G }\n`;
  const server = await NatsProcess.start({ version, config });
  return { server, api: await JetStreamApi.connect([server]) };
}

/** Changes of streams in files that are not sealed, each with a name and subjects of its own, whose messages do not grow too old while we look. */
const changes: Change<StreamSpec>[] = fc.sample(streamChangeCases, 1000)
  .map((change, index): Change<StreamSpec> => {
    const [before, after] = change.map((spec) => ({ ...spec, name: `s${index}`, subjects: spec.subjects?.map((subject) => `s${index}.${subject}`) }));
    return [before, after];
  })
  .filter((change) => change.every(({ storage, maxAge, sealed }) => storage === 'file' && maxAge !== '100ms' && !sealed));

/** Streams of which a server that starts again deletes what it has kept until then: all, where the first message is below the first sequence. */
const emptied: Change<StreamSpec>[] = [[undefined, 100], [5, 6]].map(([before, after], index) => {
  const spec = { name: `e${index}`, subjects: [`e${index}`], storage: StreamSpecStorage.FILE, firstSequence: before };
  return [spec, { ...spec, firstSequence: after }];
});

/** What a stream is, and how many messages it has. */
async function found(api: JetStreamApi, name: string): Promise<{ config: unknown; messages: number }> {
  return { config: plain(await api.configOf(name)), messages: await api.messagesIn(name) };
}

/** Makes a stream, fills it and changes it; undefined where the server refuses one of these. */
async function changed(api: JetStreamApi, [old, now]: Change<StreamSpec>): Promise<StreamConfig | undefined> {
  const before = streamOnServer(streamToCreate(old));
  const ask = (verb: string, config: StreamConfig) => api.ask({ subject: `$JS.API.STREAM.${verb}.${config.name}`, body: { ...streamBody(config), pedantic: true } });
  if (await ask('CREATE', before)) return undefined;
  const [subject] = before.subjects;
  if (subject && !before.allowMsgCounter) await api.fill(before.name, subject.replace(/[*>]/g, 'x'), MESSAGES);
  return await ask('UPDATE', streamToUpdate(before, now)) ? undefined : before;
}

function isLossy([old, now]: Change<StreamSpec>): boolean {
  const resource = (spec: StreamSpec) => ({ apiVersion: 'jetstream.nats.io/v1beta2', kind: 'Stream', metadata: { name: 'stream' }, spec });
  return streamChanges(resource(old), resource(now), [], somewhere).some(({ effect }) => effect === ChangeEffect.LOSS);
}

test.each(NATS_VERSIONS)('what is said to lose no messages loses none when the server %s starts again', async (version) => {
  const { server, api } = await started(version);
  await api.must({ subject: '$JS.API.STREAM.CREATE.origin', body: streamBody(origin) });
  const names = new Map<string, Change<StreamSpec>>();
  for (const change of [...changes, ...emptied]) {
    const stream = await changed(api, change);
    if (stream) names.set(stream.name, change);
  }
  const before = new Map<string, unknown>();
  for (const name of names.keys()) before.set(name, await found(api, name));
  await api.close();
  await server.stop();

  const again = await started(version);
  const differing: object[] = [];
  let lossy = 0;
  for (const [name, change] of names) {
    if (isLossy(change)) {
      lossy += 1;
      continue;
    }
    const now = await found(again.api, name);
    if (JSON.stringify(now) !== JSON.stringify(before.get(name))) differing.push({ change, before: before.get(name), now });
  }
  expect(emptied.map(isLossy)).toEqual([true, true]);
  expect(emptied.map(([, { name }]) => (before.get(name!) as { messages: number }).messages)).toEqual([MESSAGES, MESSAGES]);
  expect(await Promise.all(emptied.map(([, { name }]) => again.api.messagesIn(name!)))).toEqual([0, 0]);
  await again.api.close();
  console.log(`${version}: ${names.size} changed streams, ${lossy} of them with loss`);
  expect(differing).toEqual([]);
  expect(names.size).toBeGreaterThan(50);
});
