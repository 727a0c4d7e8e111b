import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { ClusterState } from '../cluster-state';
import { ConfBlock, ConfValue, includesOf, isBlock, optionsOf } from '../conf/conf-value';

export const NO_AUTH_USER = defineRule({
  id: 'NATS-LISTENER-NO-AUTH-USER',
  level: RuleLevel.ERROR,
  statement: 'The user of WebSocket or MQTT clients that log in as nobody is one of the users.',
  source: 'nats-server: "no_auth_user: ... not present as user or nkey in authorization block or account configuration"',
});

export const LEAF_ACCOUNT = defineRule({
  id: 'NATS-LEAF-ACCOUNT',
  level: RuleLevel.ERROR,
  statement: 'The account of leaf nodes is one of the accounts.',
  source: 'nats-server: "cannot find local account ... specified in leafnode"',
});

export const WEB_SOCKET_COOKIE = defineRule({
  id: 'NATS-WEB-SOCKET-COOKIE',
  level: RuleLevel.ERROR,
  statement: 'A JWT in a cookie is read only by servers in operator mode.',
  source: 'nats-server: "trusted operators or trusted keys configuration is required for JWT authentication via cookie"',
});

/** Findings about users that WebSocket and MQTT name and nats.conf does not have, wherever in it the users come from. */
export function noAuthUserFindings({ webSocket, mqtt }: ClusterState, conf: () => ConfBlock): Mistake[] {
  return Object.entries({ webSocket, mqtt }).flatMap(([listener, options]) => {
    const users = options?.noAuthUser === undefined ? undefined : usersIn(conf());
    return !users || users.includes(options!.noAuthUser!) ? [] : [{
      what: `${listener}.noAuthUser is '${options!.noAuthUser}'`, allowed: users.sort().join(', ') || 'a user of the cluster, which has none', fix: 'name one of the users',
    }];
  });
}

/** Findings about accounts that leaf nodes name and nats.conf does not have. */
export function leafAccountFindings({ leafNodes }: ClusterState, conf: () => ConfBlock): Mistake[] {
  const named: [prop: string, account: string | undefined][] = [
    ['leafNodes.account', leafNodes?.account],
    ...(leafNodes?.users ?? []).map(({ user, account }): [string, string | undefined] => [`account of leafNodes.users '${user}'`, account]),
    ...(leafNodes?.remotes ?? []).map(({ account }, index): [string, string | undefined] => [`leafNodes.remotes[${index}].account`, account]),
  ];
  const given = named.filter(([, account]) => account !== undefined);
  const accounts = given.length === 0 ? undefined : accountsIn(conf());
  return !accounts ? [] : given.filter(([, account]) => !accounts.includes(account!)).map(([prop, account]) => ({
    what: `${prop} is '${account}'`, allowed: accounts.sort().join(', '), fix: 'name one of the accounts',
  }));
}

/** Findings about a JWT in a cookie. */
export function cookieFindings({ webSocket }: ClusterState, conf: () => ConfBlock): Mistake[] {
  if (webSocket?.jwtCookie === undefined || isOperated(conf())) return [];
  return [{ what: `webSocket.jwtCookie is '${webSocket.jwtCookie}', and the servers are not in operator mode`, fix: 'use userCookie and passwordCookie, or tokenCookie' }];
}

function isOperated({ operator }: ConfBlock): boolean {
  return operator !== undefined;
}

/** The accounts, or undefined where nats.conf does not tell. */
function accountsIn(conf: ConfBlock): string[] | undefined {
  const { accounts = {}, system_account: systemAccount, no_system_account: without } = conf;
  if (isOperated(conf) || !isPlain(conf) || !isPlain(accounts)) return undefined;
  return ['$G', ...systemAccount === undefined && without !== true ? ['$SYS'] : [], ...optionsOf(accounts).map(([name]) => name)];
}

/** Users and nkeys, or undefined where nats.conf does not tell. */
function usersIn(conf: ConfBlock): string[] | undefined {
  const { accounts = {}, authorization = {} } = conf;
  if (!isPlain(conf) || !isPlain(accounts) || !isPlain(authorization)) return undefined;
  const owners = [authorization, ...optionsOf(accounts).map(([, account]) => account)];
  if (!owners.every(isPlain)) return undefined;
  const users = owners.flatMap((owner) => [(owner as ConfBlock).users ?? []].flat());
  if (!users.every(isPlain)) return undefined;
  return (users as ConfBlock[]).flatMap(({ user, nkey }) => [user, nkey]).filter((name) => typeof name === 'string');
}

/** Whether a block says all itself; passwords that are included do not define users. */
function isPlain(block: ConfValue): block is ConfBlock {
  return isBlock(block) && optionsOf(block).every(([key, value]) => key === 'passwords' || !includesOf(value));
}
