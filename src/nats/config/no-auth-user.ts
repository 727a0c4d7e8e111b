import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { ClusterState } from '../cluster-state';

export const NO_AUTH_USER = defineRule({
  id: 'NATS-LISTENER-NO-AUTH-USER',
  level: RuleLevel.ERROR,
  statement: 'The user of clients that log in as nobody is one of the users.',
  source: 'nats-server: "no_auth_user: ... not present as user or nkey in authorization block or account configuration"',
});

/** Findings about the users of WebSocket and MQTT clients that log in as nobody; users in `extraConfig` are not known here. */
export function noAuthUserFindings({ auth, extraConfig, webSocket, mqtt }: ClusterState): Mistake[] {
  if (['accounts', 'authorization'].some((option) => option in extraConfig)) return [];
  const names = auth.users.map(({ userName }) => userName);
  return Object.entries({ webSocket, mqtt }).flatMap(([listener, options]) => {
    const user = options?.noAuthUser;
    return user === undefined || names.includes(user) ? [] : [{
      what: `${listener}.noAuthUser is '${user}'`, allowed: names.sort().join(', ') || 'a user of the cluster, which has none', fix: 'name one of the users',
    }];
  });
}
