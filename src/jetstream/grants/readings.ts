import { Mistake } from '../../core/mistake';
import { NatsUser } from '../../nats/auth/nats-user';

/** How a grant to read some subjects or keys is wider than it says. */
export function widerReadings({ userName }: NatsUser, prop: string, filters: string[], legacyConsumers: boolean): Mistake[] {
  if (legacyConsumers) {
    return [{
      what: `user '${userName}' may read all, not only ${prop} ${filters.join(', ')}, because of legacyConsumers`, allowed: `one of ${prop} and legacyConsumers`, fix: `leave ${prop} out, or legacyConsumers`,
    }];
  }
  return filters.filter((filter) => filter === '*' || filter.endsWith('.*')).map((filter) => ({
    what: `user '${userName}' may read what ${filter.slice(0, -1)}> matches, not only '${filter}'`, allowed: `${prop} whose last token is not *`, fix: `write ${filter.slice(0, -1)}>, or name the tokens`,
  }));
}

/** Users in words. */
export function namesOf(users: Iterable<NatsUser>): string {
  return [...users].map(({ userName }) => `'${userName}'`).sort().join(', ');
}
