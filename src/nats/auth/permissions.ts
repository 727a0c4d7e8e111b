import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { RESPONSES_LIMIT, SUBJECT_INVALID, USER_PERMISSIONS } from './rules';
import { isSubject, isSubjectWithQueue } from '../subject';

/** What may be published, or what may be subscribed to. A deny beats an allow. */
export interface SubjectPermissions {
  /**
   * Subjects that are allowed, wildcards included; when subscribing, `subject queue` allows that queue group only.
   *
   * An empty list throws: nats-server reads it as everything.
   * @default - with `deny`: everything else; without: nothing
   */
  readonly allow?: string[];
  /**
   * Subjects that are denied, whatever else is allowed.
   * @default - none
   */
  readonly deny?: string[];
}

/** For how long a request may be answered, unless something else is said. */
export const DEFAULT_EXPIRY = Duration.minutes(2);

/** Leave to answer requests, to whatever reply subject each names. */
export interface ResponsePermissions {
  /**
   * How many messages may answer one request.
   * @default 1
   */
  readonly maxMessages?: number;
  /**
   * For how long after the request.
   * @default Duration.minutes(2)
   */
  readonly expires?: Duration;
}

/** What a user may publish and subscribe to. */
export interface PermissionsOptions {
  /**
   * What may be published.
   * @default - nothing, apart from what `allowResponses` allows
   */
  readonly publish?: SubjectPermissions;
  /**
   * What may be subscribed to. The user's own inbox is always allowed besides.
   * @default - only the user's own inbox
   */
  readonly subscribe?: SubjectPermissions;
  /**
   * Leave to answer requests.
   * @default - no leave
   */
  readonly allowResponses?: ResponsePermissions;
}

/**
 * Permissions of a user.
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/authorization
 */
export class Permissions {
  /** Everything: for operators and tests. */
  public static all(): Permissions {
    return new Permissions();
  }

  /**
   * Exactly what is named, and the user's own inbox; a side that is not named is closed.
   *
   * Text that is no subject, and an empty list of allowed subjects, throw where the user is made.
   */
  public static of(options: PermissionsOptions): Permissions {
    return new Permissions(options);
  }

  private constructor(/** @internal What is named; absent for everything. */ public readonly _options?: PermissionsOptions) {}

  /** @internal */
  public _check(scope: Construct): void {
    const { publish, subscribe, allowResponses } = this._options ?? {};
    checkSubjects(scope, 'publish', publish, isSubject);
    checkSubjects(scope, 'subscribe', subscribe, isSubjectWithQueue);
    if (allowResponses) checkResponses(scope, allowResponses);
  }
}

/** Refuses a leave to answer without a limit. */
export function checkResponses(scope: Construct, { maxMessages = 1, expires = DEFAULT_EXPIRY }: ResponsePermissions): void {
  if (Number.isInteger(maxMessages) && maxMessages >= 1 && expires.toMilliseconds() > 0) return;
  throw RESPONSES_LIMIT.error(scope, {
    what: `allowResponses has maxMessages ${maxMessages} and expires ${expires.toMilliseconds()} ms`,
    allowed: 'a whole number of messages from 1, and a time longer than zero',
  });
}

function checkSubjects(scope: Construct, side: 'publish' | 'subscribe', permissions: SubjectPermissions | undefined, isValid: (text: string) => boolean): void {
  for (const [list, subjects] of [['allow', permissions?.allow], ['deny', permissions?.deny]] as const) {
    if (subjects?.length === 0) {
      throw USER_PERMISSIONS.error(scope, {
        what: `permissions.${side}.${list} is an empty list, which nats-server reads as ${list === 'allow' ? 'everything' : 'no restriction'}`,
        fix: `leave ${list} out, or name subjects; to close the side, leave ${side} out`,
      });
    }
    for (const subject of subjects ?? []) {
      if (isValid(subject)) continue;
      throw SUBJECT_INVALID.error(scope, {
        what: `permissions.${side}.${list} has '${subject}', which is not a subject`,
        allowed: `tokens without spaces between dots, * for one token, > at the end${side === 'subscribe' ? ', and after one space a queue group' : ''}`,
      });
    }
  }
}
