import { Construct } from 'constructs';
import type { AccountAssets } from './account-assets';
import { foundIn } from './account-rules';
import { foundOnce } from '../../core/found-once';
import { checkTogetherAtSynth, PlacedMistake } from '../../core/rules';
import { serverStoreRule } from '../rules/stream/joint';

const known = new WeakMap<Construct, ServerAssets>();

/** The streams of all accounts of the servers of one cluster: they share the stores. */
export class ServerAssets {
  public static of(cluster: Construct): ServerAssets {
    const present = known.get(cluster) ?? new ServerAssets(cluster);
    known.set(cluster, present);
    return present;
  }

  /** The accounts of a cluster in which this app describes anything by now. */
  public static accountsOf(cluster: Construct): readonly AccountAssets[] {
    return known.get(cluster)?.accounts ?? [];
  }

  private readonly accounts: AccountAssets[] = [];

  private constructor(cluster: Construct) {
    checkTogetherAtSynth(cluster, serverStoreRule.rule, foundOnce(() => this.revision, () => this.storeFindings()));
  }

  public add(account: AccountAssets): void {
    this.accounts.push(account);
  }

  private get revision(): number {
    return this.accounts.reduce((sum, account) => sum + account.revision, 0);
  }

  private storeFindings(): PlacedMistake[] {
    return foundIn(this.accounts.flatMap((account) => [...account.streams]), serverStoreRule, this.accounts[0].place);
  }
}
