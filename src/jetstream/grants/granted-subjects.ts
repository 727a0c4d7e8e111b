import { Construct } from 'constructs';
import { GRANT_SUBJECT } from './grant-rules';
import { collide, isSubject } from '../../nats/subject';

/** Subjects that the servers use themselves. */
const RESERVED = ['$JS.>', '$JSC.>', '$NRG.>', '$SYS.>'];

/** Which subjects a grant may name. */
interface Allowed {
  /** In words. */
  readonly allowed: string;
  isAllowed(subject: string): boolean;
}

/** Refuses subjects of a grant that are none, or not those of what it is about. */
export function checkSubjects(scope: Construct, prop: string, subjects: string[], { allowed, isAllowed }: Allowed): void {
  if (subjects.length === 0) throw GRANT_SUBJECT.error(scope, { what: `${prop} is empty`, allowed: 'at least one subject, or no list for all' });
  for (const subject of subjects) {
    if (!isSubject(subject)) {
      throw GRANT_SUBJECT.error(scope, { what: `${prop} has '${subject}', which is not a subject`, allowed: 'tokens without spaces between dots, * for one token, > at the end' });
    }
    if (!isAllowed(subject)) throw GRANT_SUBJECT.error(scope, { what: `${prop} has '${subject}'`, allowed });
  }
}

/** Refuses to let a user publish what the servers take for their own: a stream of everything would open JetStream's API. */
export function checkNotReserved(scope: Construct, subjects: string[]): void {
  const reserved = subjects.find((subject) => RESERVED.some((own) => collide(own, subject)));
  if (reserved === undefined) return;
  throw GRANT_SUBJECT.error(scope, {
    what: `'${reserved}' has subjects of the servers, such as JetStream's API`, allowed: `subjects that do not meet ${RESERVED.join(', ')}`, fix: 'give subjects',
  });
}

/** Refuses keys that no bucket can hold. */
export function checkKeys(scope: Construct, keys: string[] | undefined): void {
  if (keys?.length === 0) throw GRANT_SUBJECT.error(scope, { what: 'keys is empty', allowed: 'at least one key, or no list for all' });
  const wrong = keys?.find((key) => !isSubject(key) || !/^[-/=.\w*>]+$/.test(key));
  if (wrong === undefined) return;
  throw GRANT_SUBJECT.error(scope, { what: `keys has '${wrong}'`, allowed: 'letters, digits, -, /, _, = and dots between them, * for one token, > at the end' });
}
