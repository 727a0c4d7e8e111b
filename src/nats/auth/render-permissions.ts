import { Duration } from 'cdk8s';
import { Grant } from './grant';
import { DEFAULT_EXPIRY, Permissions, ResponsePermissions, SubjectPermissions } from './permissions';
import { ConfBlock } from '../conf/conf-value';
import { coversWithQueue, hasWildcard } from '../subject';

/** Permissions and grants of a user, united; a deny beats both. Undefined for everything. */
export function renderPermissions(permissions: Permissions, grants: Grant[], inboxPrefix: string): ConfBlock | undefined {
  const options = permissions._options;
  if (!options) return undefined;
  const all: Grant[] = [{ allowResponses: options.allowResponses }, ...grants, { subscribe: [`${inboxPrefix}.>`] }];
  const allowResponses = widest(all.flatMap((grant) => grant.allowResponses ?? []));
  const publish = withGranted(options.publish, all.flatMap((grant) => grant.publish ?? []));
  return {
    // Leave to answer closes whatever else may be published, unless it is allowed by name.
    publish: renderSide(allowResponses && publish.deny && !publish.allow ? { ...publish, allow: ['>'] } : publish),
    subscribe: renderSide(withGranted(options.subscribe, all.flatMap((grant) => grant.subscribe ?? []))),
    allow_responses: allowResponses && { max: allowResponses.maxMessages, expires: allowResponses.expires },
  };
}

/** A side on which only denies stand allows all else already; to allow something by name would close it. */
function withGranted(side: SubjectPermissions = {}, granted: string[]): SubjectPermissions {
  const allow = [...side.allow ?? [], ...granted];
  return side.deny && !side.allow ? side : { allow: allow.length > 0 ? allow : undefined, deny: side.deny };
}

/** A side that allows nothing says so: an empty or absent one would allow everything. */
function renderSide({ allow, deny }: SubjectPermissions): ConfBlock {
  const sorted = (subjects: string[] | undefined) => subjects && [...new Set(subjects)].sort();
  return allow || deny ? { allow: sorted(allow && withoutNeedless(allow)), deny: sorted(deny) } : { deny: ['>'] };
}

/**
 * Where one queue group of a subject is allowed by name, nats-server refuses all others, even if the subject is allowed as a whole: a group is left
 * out where its subject stands without one.
 */
function withoutNeedless(subjects: string[]): string[] {
  const hasQueue = (subject: string) => /\s/.test(subject);
  const whole = new Set(subjects.filter((subject) => !hasQueue(subject)));
  const wide = [...whole].filter(hasWildcard);
  const isNeedless = (subject: string) => whole.has(subject.split(/\s+/)[0]) || wide.some((wildcard) => coversWithQueue(wildcard, subject));
  return subjects.filter((subject) => !hasQueue(subject) || !isNeedless(subject));
}

function widest(responses: ResponsePermissions[]): Required<ResponsePermissions> | undefined {
  return responses.length === 0 ? undefined : {
    maxMessages: Math.max(...responses.map(({ maxMessages = 1 }) => maxMessages)),
    expires: Duration.millis(Math.max(...responses.map(({ expires = DEFAULT_EXPIRY }) => expires.toMilliseconds()))),
  };
}
