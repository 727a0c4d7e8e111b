import { Grant } from './grant';
import { Permissions } from './permissions';
import { Mistake } from '../../core/mistake';
import { coversWithQueue } from '../subject';

/** Granted subjects of which the user's own permissions leave nothing. */
export function deniedGrants(userName: string, permissions: Permissions | undefined, grants: Grant[]): Mistake[] {
  return (['publish', 'subscribe'] as const).flatMap((side) => {
    const denied = permissions?._options?.[side]?.deny ?? [];
    if (denied.length === 0) return [];
    const subjects = [...new Set(grants.flatMap((grant) => grant[side] ?? []))].sort();
    return subjects.flatMap((subject) => {
      const by = denied.find((wide) => coversWithQueue(wide, subject));
      return by === undefined ? [] : [{
        what: `user '${userName}' is granted to ${side} '${subject}', but permissions.${side}.deny has '${by}', which beats it`,
        fix: `leave '${by}' out of deny, or do not grant it`,
      }];
    });
  });
}
