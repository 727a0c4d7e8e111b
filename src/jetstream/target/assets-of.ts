import { Construct } from 'constructs';
import { placeFactsOf } from './place-facts';
import { JETSTREAM_TARGET } from './target-rules';
import { Mistake } from '../../core/mistake';
import { checkAtSynth } from '../../core/rules';
import { NatsAccount } from '../../nats/auth/nats-account';
import { NatsClusterBase } from '../../nats/nats-cluster-base';
import { AccountAssets } from '../assets/account-assets';
import { ServerAssets } from '../assets/server-assets';

const known = new WeakMap<Construct, AccountAssets>();

/** The streams of an account, or of a cluster without accounts; one that cannot have any throws. */
export function assetsOf(owner: NatsAccount | NatsClusterBase): AccountAssets {
  const present = known.get(owner);
  if (present) return present;
  const account = owner instanceof NatsAccount ? owner : undefined;
  const cluster = account ? clusterOf(account) : owner as NatsClusterBase;
  const assets = newAssets(owner, cluster, account);
  known.set(owner, assets);
  if (!account) checkAtSynth(cluster, JETSTREAM_TARGET, () => accountFindings(cluster));
  return assets;
}

/** Nothing yet, in an account for which findings name an owner; one that cannot have any streams throws. */
export function newAssets(owner: Construct, cluster: NatsClusterBase, account?: NatsAccount): AccountAssets {
  checkJetStream(cluster, account);
  const assets = new AccountAssets(owner, placeFactsOf(cluster, account));
  if (cluster._deployed()) ServerAssets.of(cluster).add(assets);
  return assets;
}

/** The cluster that has made an account. */
export function clusterOf(account: NatsAccount): NatsClusterBase {
  return account.node.scope as NatsClusterBase;
}

function checkJetStream(cluster: NatsClusterBase, account: NatsAccount | undefined): void {
  const state = cluster._deployed();
  if (state && !state.jetStream) {
    throw JETSTREAM_TARGET.error(cluster, { what: `streams are to be made in ${cluster.node.path}, which has no JetStream`, fix: 'give jetStream: {} to the cluster' });
  }
  if (account && !(account._jetStream.enabled ?? true)) {
    throw JETSTREAM_TARGET.error(account, {
      what: `streams are to be made in account '${account.accountName}', ${account.isSystem ? 'the system account' : 'whose jetStream is not enabled'}`,
      allowed: 'an account with JetStream',
      fix: account.isSystem ? 'add an account of its own for streams' : 'leave jetStream.enabled out',
    });
  }
}

function accountFindings(cluster: NatsClusterBase): Mistake[] {
  const accounts = [...cluster._deployed()?.auth.accounts.values() ?? []].filter(({ isSystem }) => !isSystem).map(({ accountName }) => accountName);
  return accounts.length === 0 ? [] : [{
    what: `streams are to be made outside of all accounts, where JetStream is off because there are accounts (${accounts.sort().join(', ')})`,
    allowed: 'streams in accounts',
    fix: 'give target: JetStreamTarget.account(<account>)',
  }];
}
