import { republishLoops } from './republish-loops';
import { isInMemory, reserved, reservedOfAccount, setAside } from './reserved-bytes';
import { subjectsOf } from './stream-rule';
import { readableBytes } from '../../../core/bytes';
import { RuleLevel } from '../../../core/rule';
import { StreamConfig } from '../../stream/stream-config';
import { collisions } from '../../subjects/subject-tree';
import { JointMistake, JointRule, jointRule } from '../asset-rule';
import { JetStreamPlace } from '../place';

type JointStreamRule = JointRule<StreamConfig, JetStreamPlace>;

function jointServerRule(id: string, statement: string, answer: string, find: JointStreamRule['find']): JointStreamRule {
  return jointRule({ id, level: RuleLevel.ERROR, statement, source: `nats-server: "${answer}"`, serverVerdict: true }, find);
}

export const subjectOverlap = jointServerRule('STREAMS-SUBJECT-OVERLAP', 'No subject is of two streams of an account.', 'subjects overlap with an existing stream', overlaps);

/** What the streams of one account must keep together. */
export const jointStreamRules: JointStreamRule[] = [
  subjectOverlap,
  jointServerRule('STREAMS-ACCOUNT-COUNT', 'An account has no more streams than it may have; buckets are streams too.', 'maximum number of streams reached',
    (streams, { account }) => !account?.maxStreams ? [] : streams.slice(account.maxStreams).map((config) => ({
      config,
      mistake: { what: `there are ${streams.length} streams and buckets in the account`, allowed: `up to ${account.maxStreams}`, fix: 'raise jetStream.maxStreams of the account' },
    }))),
  jointServerRule('STREAMS-ACCOUNT-STORE', 'The streams of an account fit together into what it may take, replicas included.', 'insufficient storage resources available',
    (streams, place) => {
      const { account } = place;
      const needed = (config: StreamConfig) => reservedOfAccount(config, place);
      return [
        ...beyond(streams.filter(isInMemory), { whose: 'the account in memory', bytes: account?.maxMemoryBytes, fix: 'jetStream.maxMemory of the account', needed }),
        ...beyond(streams.filter(isInFile), { whose: 'the account in files', bytes: account?.maxFileBytes, fix: 'jetStream.maxStorage of the account', needed }),
      ];
    }),
  republishLoops,
];

/** What the streams of all accounts of the servers must keep together. */
export const serverStoreRule = jointServerRule('STREAMS-SERVER-STORE', 'The streams of all accounts fit together into the stores of the servers, replicas included.',
  'insufficient storage resources available',
  (streams, { maxMemoryBytes, maxFileBytes, servers = 1 }) => {
    const ofAll = (store: number | undefined) => store && store * servers;
    const needed = (config: StreamConfig) => reserved(config) * config.replicas;
    return [
      ...beyond(streams.filter(isInMemory), { whose: 'all accounts in memory', bytes: ofAll(maxMemoryBytes), fix: 'memoryStore of the cluster', needed }),
      ...beyond(streams.filter(isInFile), { whose: 'all accounts in files', bytes: ofAll(maxFileBytes), fix: 'fileStore of the cluster', needed }),
    ];
  });

function ofAllReplicas(config: StreamConfig): number {
  return setAside(config) * config.replicas;
}

function isInFile(config: StreamConfig): boolean {
  return !isInMemory(config);
}

/** A store, and what a stream needs of it. */
interface Store {
  readonly whose: string;
  /** Absent is unlimited. */
  readonly bytes?: number;
  /** What can be raised. */
  readonly fix: string;
  /** What must be free for a stream. */
  readonly needed: (stream: StreamConfig) => number;
}

/** The streams that do not fit beside those before them. What does not fit takes nothing, and what says no maxBytes fits where a byte is left. */
function beyond(streams: readonly StreamConfig[], { whose, bytes, fix, needed }: Store): JointMistake<StreamConfig>[] {
  if (bytes === undefined) return [];
  let sum = 0;
  return streams.flatMap((config) => {
    const withIt = sum + needed(config);
    if (withIt <= bytes) {
      sum += ofAllReplicas(config);
      return [];
    }
    return [{
      config,
      mistake: {
        what: `with stream '${config.name}' the maxBytes of all streams of ${whose} are ${readableBytes(withIt)}, replicas included`,
        allowed: `up to ${readableBytes(bytes)}`,
        fix: `lower maxBytes, or raise ${fix}`,
      },
    }];
  });
}

/** The first collision of each stream with one that stands before it. */
function overlaps(streams: readonly StreamConfig[]): JointMistake<StreamConfig>[] {
  const subjects = streams.flatMap((stream, owner) => subjectsOf(stream).map((subject) => ({ subject, owner })));
  const first = new Map<number, JointMistake<StreamConfig>>();
  for (const { subject, earlier } of collisions(subjects)) {
    if (first.has(subject.owner)) continue;
    const [config, other] = [streams[subject.owner], streams[earlier.owner]];
    first.set(subject.owner, {
      config,
      mistake: {
        what: `the subject '${subject.subject}' of stream '${config.name}' meets '${earlier.subject}' of stream '${other.name}'`,
        allowed: 'subjects that no message can be published to of two streams',
        fix: 'narrow one of them, or let one stream be a source of the other',
      },
    });
  }
  return [...first.values()];
}
