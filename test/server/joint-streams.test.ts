import * as fc from 'fast-check';
import { NATS_VERSIONS } from './harness/binaries';
import { JetStreamApi } from './harness/jetstream-api';
import { NatsProcess } from './harness/nats-process';
import { streamBody } from './harness/stream-body';
import { StreamSpec, StreamSpecStorage } from '../../imports/jetstream.nats.io';
import { streamToCreate } from '../../src/jetstream/nack/stream-requests';
import { jointFindingsOf } from '../../src/jetstream/rules/asset-rule';
import { AccountLimits, JetStreamPlace } from '../../src/jetstream/rules/place';
import { jointStreamRules, serverStoreRule } from '../../src/jetstream/rules/stream/joint';
import { StreamConfig } from '../../src/jetstream/stream/stream-config';
import { NatsVersion } from '../../src/nats/nats-version';

const LISTS = 150;
const SERVER_BYTES = 4000;
const limits: AccountLimits = { enabled: true, maxStreams: 4, maxMemoryBytes: 2000, maxFileBytes: 3000 };
const rules = [...jointStreamRules, serverStoreRule];
/** The files of a stream that was deleted may still be there when another takes its name, and those of an account go with its last stream: one stays. */
let streams = 0;
const staying = streamToCreate({ name: 'staying', subjects: ['staying'], storage: StreamSpecStorage.FILE, duplicateWindow: '1m' });

const config = `listen: "127.0.0.1:-1"
server_name: a
jetstream { store_dir: "store", max_memory_store: ${SERVER_BYTES}, max_file_store: ${SERVER_BYTES} }
accounts {
  LIMITED {
    jetstream { max_mem: ${limits.maxMemoryBytes}, max_store: ${limits.maxFileBytes}, max_streams: ${limits.maxStreams} }
    users: [ { user: limited, password: limited } ]
  }
  OPEN { jetstream: true, users: [ { user: open, password: open } ] }
}
`;

const tokens = fc.array(fc.constantFrom('a', 'b', '*'), { minLength: 1, maxLength: 3 });
/** None that would take the subjects of the API. */
const subject = fc.tuple(tokens, fc.boolean()).map(([some, rest]) => [...some, ...rest ? ['>'] : []].join('.')).filter((text) => !text.startsWith('*.'));
const lists = fc.array(fc.record({
  subjects: subject.map((one) => [one]),
  storage: fc.constantFrom(...Object.values(StreamSpecStorage)),
  maxBytes: fc.option(fc.constantFrom(500, 1000, 1999, 2000, 2001, 3000, 4000), { nil: undefined }),
}), { minLength: 1, maxLength: 7 });

/** Makes streams one after the other; those that the rules would refuse beside the ones that are there, the server must refuse, and no others. */
async function compare(api: JetStreamApi, account: AccountLimits | undefined, specs: StreamSpec[], refusedBy: Map<string, number>): Promise<void> {
  const place: JetStreamPlace = {
    version: NatsVersion.V2_14,
    pedantic: true,
    servers: 1,
    clustered: false,
    maxMemoryBytes: SERVER_BYTES,
    maxFileBytes: SERVER_BYTES,
    account,
    stream: () => undefined,
  };
  const present: StreamConfig[] = [];
  try {
    for (const spec of specs) {
      const candidate = streamToCreate({ ...spec, name: `s${streams += 1}`, duplicateWindow: '1m' });
      const found = jointFindingsOf(rules, [staying, ...present, candidate], place);
      const error = await api.ask({ subject: `$JS.API.STREAM.CREATE.${candidate.name}`, body: streamBody(candidate) });
      const answer = error?.description;
      const verdict = (refused: boolean) => ({ spec, refused, found: found.map(({ mistake }) => mistake.what), answer });
      expect(verdict(error !== undefined)).toEqual(verdict(found.length > 0));
      for (const id of new Set(found.map(({ rule }) => rule.id))) refusedBy.set(id, (refusedBy.get(id) ?? 0) + 1);
      if (!error) present.push(candidate);
    }
  } finally {
    for (const { name } of present) await api.must({ subject: `$JS.API.STREAM.DELETE.${name}`, body: {} });
  }
}

test.each(NATS_VERSIONS)('what streams share is refused by the rules as by nats-server %s', async (version) => {
  const server = await NatsProcess.start({ version, config });
  const [limited, open] = [await JetStreamApi.connect([server], 'limited'), await JetStreamApi.connect([server], 'open')];
  for (const api of [limited, open]) await api.must({ subject: '$JS.API.STREAM.CREATE.staying', body: streamBody(staying) });
  const refusedBy = new Map<string, number>();
  await fc.assert(fc.asyncProperty(lists, (specs) => compare(limited, limits, specs, refusedBy)), { numRuns: LISTS });
  await fc.assert(fc.asyncProperty(lists, (specs) => compare(open, undefined, specs, refusedBy)), { numRuns: LISTS });
  expect([...refusedBy.keys()].sort()).toEqual(rules.map(({ rule }) => rule.id).sort());
  await limited.close();
  await open.close();
  await server.stop();
}, 120_000);
