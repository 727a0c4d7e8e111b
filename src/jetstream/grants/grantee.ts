import { Construct } from 'constructs';
import { DomainSide, inDomain } from './domain';
import { JetStreamGrantOptions } from './grant-options';
import { GRANT_DOMAIN } from './grant-rules';
import { API } from './subjects';
import { Grant } from '../../nats/auth/grant';
import { NatsAccount } from '../../nats/auth/nats-account';
import { GLOBAL_ACCOUNT_NAME, NatsUser } from '../../nats/auth/nats-user';
import { GRANT_ACCOUNT } from '../../nats/auth/rules';
import { NatsClusterBase } from '../../nats/nats-cluster-base';
import type { JetStreamTarget } from '../target/jetstream-target';

/** An account of a cluster. */
interface Home {
  readonly cluster: NatsClusterBase;
  readonly accountName: string;
}

/** Lets a user do something with what is in a target. A user who cannot reach it throws. */
export function grantIn(scope: Construct, target: JetStreamTarget, user: NatsUser, grant: Grant, { domain }: JetStreamGrantOptions): void {
  const home = homeOf(target._assets.owner);
  if (domain !== undefined) checkDomain(scope, domain, home);
  const isNeighbour = home && user._cluster === home.cluster;
  if (isNeighbour ? user.accountName !== home.accountName : domain === undefined) throw stranger(scope, user, home, grant);
  const given = domain === undefined ? grant : inDomain(grant, domain, isNeighbour ? DomainSide.ANY : DomainSide.OUTSIDE);
  user._grant(() => given);
}

/** The account that streams are in, where this app knows it. */
function homeOf(owner: Construct): Home | undefined {
  if (owner instanceof NatsAccount) return { cluster: owner.node.scope as NatsClusterBase, accountName: owner.accountName };
  return owner instanceof NatsClusterBase ? { cluster: owner, accountName: GLOBAL_ACCOUNT_NAME } : undefined;
}

function checkDomain(scope: Construct, domain: string, home: Home | undefined): void {
  const state = home?.cluster._deployed();
  const own = state?.jetStream?.options.domain;
  if (/^[^\s.*>]+$/.test(domain) && (!state || own === domain)) return;
  throw GRANT_DOMAIN.error(scope, {
    what: `domain is '${domain}'`,
    allowed: !state ? 'a text without dots, wildcards and spaces' : own ?? `no domain: ${home!.cluster.node.path} has none`,
    fix: state && own === undefined ? 'give jetStream.domain to the cluster' : undefined,
  });
}

function stranger(scope: Construct, user: NatsUser, home: Home | undefined, grant: Grant): Error {
  const who = `user '${user.userName}' is in account ${user.accountName} of ${user._cluster.node.path}`;
  if (!home || user._cluster !== home.cluster) {
    return GRANT_ACCOUNT.error(scope, {
      what: `${who}, but this is in ${home ? `another cluster, ${home.cluster.node.path}` : 'an account of which this app does not know the users'}`,
      allowed: home ? `a user of account ${home.accountName}, or one whose servers are leaf nodes of the other cluster` : 'a user whose servers are leaf nodes of the others',
      fix: home ? 'add a user to that account, or give domain' : 'give domain, or give the stream target: JetStreamTarget.account(<account>)',
    });
  }
  return GRANT_ACCOUNT.error(scope, {
    what: `${who}, but this is in account ${home.accountName}`,
    allowed: `a user of account ${home.accountName}`,
    fix: `add a user to ${home.accountName}; or let it export, and ${user.accountName} import, ${importsFor(grant)}, with a prefix of its own in place of ${API}, `
      + 'and give the user Permissions.of({...}) for these',
  });
}

/** What an account would have to import for a grant. */
function importsFor({ publish = [], subscribe = [] }: Grant): string {
  const services = publish.map((subject) => subject.startsWith(`${API}.CONSUMER.MSG.NEXT.`) ? `${subject} (with NatsResponseType.STREAM)` : subject);
  const streams = subscribe.map((subject) => subject.split(' ')[0]);
  return [...services.length > 0 ? [`as services ${services.join(', ')}`] : [], ...streams.length > 0 ? [`as streams ${streams.join(', ')}`] : []].join(' and ');
}
