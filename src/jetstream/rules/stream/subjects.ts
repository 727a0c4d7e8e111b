import { StreamRule } from './stream-rule';
import { RuleLevel } from '../../../core/rule';
import { collide, covers, isSubject } from '../../../nats/subject';
import { StreamConfig } from '../../stream/stream-config';
import { collisions } from '../../subjects/subject-tree';
import { assetRule, serverRule } from '../asset-rule';

const API = ['$JS.>', '$JSC.>', '$NRG.>'];
const EVENTS = '$JS.EVENT.>';
const SYSTEM = '$SYS.>';
const ACCOUNT_EVENTS = '$SYS.ACCOUNT.>';
/** What clients and servers say to each other. */
const RESERVED = /^(\$JS|\$JSC|\$NRG|\$SYS|\$SRV|\$MQTT|_INBOX|_R_|_GR_)(\.|$)/;

/** Those that are subjects: the others are refused in any case, and cannot be compared. */
function valid({ subjects }: StreamConfig): string[] {
  return subjects.filter(isSubject);
}

/** Those that can reach subjects of clients and servers at all: nearly no stream has one. */
function suspicious({ subjects }: StreamConfig): string[] {
  return subjects.filter((subject) => /^[$*>_]/.test(subject) && isSubject(subject));
}

function reachesApi(subject: string): boolean {
  return API.some((reserved) => collide(subject, reserved)) && !covers(EVENTS, subject);
}

function reachesSystem(subject: string): boolean {
  return collide(subject, SYSTEM) && !covers(ACCOUNT_EVENTS, subject);
}

/** Which messages a stream keeps. */
export const subjects: StreamRule[] = [
  serverRule('STREAM-SUBJECT', 'What a stream keeps are subjects.', 'invalid subject',
    (config) => config.subjects.filter((subject) => !isSubject(subject)).map((subject) => ({
      what: `subjects has ${JSON.stringify(subject)}, which is no subject`,
      allowed: 'tokens without white space between dots, * for one token, > at the end for all that follow',
      fix: 'mend it',
    }))),
  serverRule('STREAM-SUBJECT-OVERLAP', 'The subjects of a stream do not overlap.', 'subject "a.>" overlaps with "a.b"',
    (config) => config.subjects.length > 1 && collisions(valid(config).map((subject, owner) => ({ subject, owner }))).map(({ subject, earlier }) => ({
      what: `subjects has '${earlier.subject}' and '${subject.subject}', which overlap`, allowed: 'subjects that do not overlap', fix: 'leave the narrower one out',
    }))),
  serverRule('STREAM-SUBJECT-ALL', 'A stream keeps all subjects only without answering publishers: it would keep its answers, too.', 'capturing all subjects requires no-ack to be true',
    (config) => !config.noAck && config.subjects.includes('>') && {
      what: "subjects has '>', and publishers are answered", allowed: "the subjects that belong to the stream, such as 'orders.>'", fix: 'name the subjects',
    }),
  serverRule('STREAM-SUBJECT-ALL-REPLICAS', 'A stream that keeps all subjects has one replica.', 'capturing all subjects requires replicas of 1',
    (config) => config.replicas > 1 && config.subjects.includes('>') && { what: `subjects has '>', and replicas is ${config.replicas}`, allowed: '1', fix: 'name the subjects' }),
  serverRule('STREAM-SUBJECT-API', 'A stream does not keep what is said to JetStream.', 'subjects that overlap with jetstream api require no-ack to be true',
    (config) => !config.noAck && suspicious(config).filter((subject) => subject !== '>' && reachesApi(subject)).map((subject) => ({
      what: `subjects has '${subject}', which reaches the subjects of JetStream, $JS.>`, allowed: `subjects outside $JS, $JSC and $NRG, or inside ${EVENTS}`, fix: 'let the first token be a word',
    }))),
  serverRule('STREAM-SUBJECT-SYSTEM', 'A stream does not keep what servers say to each other.', 'subjects that overlap with system api require no-ack to be true',
    (config) => !config.noAck && suspicious(config).filter((subject) => subject !== '>' && reachesSystem(subject)).map((subject) => ({
      what: `subjects has '${subject}', which reaches the subjects of the servers, ${SYSTEM}`, allowed: `subjects outside $SYS, or inside ${ACCOUNT_EVENTS}`, fix: 'let the first token be a word',
    }))),
  assetRule({
    id: 'STREAM-SUBJECT-RESERVED',
    level: RuleLevel.GUARDED,
    statement: 'A stream keeps none of the subjects by which clients and servers work: what it keeps there are requests, answers and acknowledgements.',
    source: 'nats-server accepts them without acknowledgements, and the bare $JS and $SYS in any case (measured)',
  }, (config) => suspicious(config).filter((subject) => isReserved(subject, config.noAck)).map((subject) => ({
    what: `subjects has '${subject}', which ${subject === '>' ? 'reaches all' : 'is one of'} those by which clients and servers work`,
    allowed: 'subjects of your own',
    fix: 'name the subjects that belong to the stream',
  }))),
];

function isReserved(subject: string, noAck: boolean): boolean {
  if (covers(EVENTS, subject) || covers(ACCOUNT_EVENTS, subject)) return false;
  return RESERVED.test(subject) || (noAck && (reachesApi(subject) || reachesSystem(subject)));
}
