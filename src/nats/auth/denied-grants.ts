import type { NatsUser } from './nats-user';
import { Mistake } from '../../core/mistake';
import { coversWithQueue } from '../subject';

/** Granted subjects of which the user's own permissions leave nothing. */
export function deniedGrants(user: NatsUser): Mistake[] {
  return (['publish', 'subscribe'] as const).flatMap((side) => {
    const denied = user._permissions?._options?.[side]?.deny ?? [];
    if (denied.length === 0) return [];
    const subjects = [...new Set(user._granted.flatMap((grant) => grant[side] ?? []))].sort();
    return subjects.flatMap((subject) => {
      const by = denied.find((wide) => coversWithQueue(wide, subject));
      return by === undefined ? [] : [{
        what: `user '${user.userName}' is granted to ${side} '${subject}', but permissions.${side}.deny has '${by}', which beats it`,
        fix: `leave '${by}' out of deny, or do not grant it`,
      }];
    });
  });
}
