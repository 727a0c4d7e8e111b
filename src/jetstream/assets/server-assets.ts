import { Construct } from 'constructs';
import type { AccountAssets } from './account-assets';
import { foundIn } from './account-rules';
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

  private readonly accounts: AccountAssets[] = [];
  private found?: { readonly revision: number; readonly mistakes: PlacedMistake[] };

  private constructor(cluster: Construct) {
    checkTogetherAtSynth(cluster, serverStoreRule.rule, () => this.storeFindings());
  }

  public add(account: AccountAssets): void {
    this.accounts.push(account);
  }

  private storeFindings(): PlacedMistake[] {
    const revision = this.accounts.reduce((sum, account) => sum + account.revision, 0);
    if (this.found?.revision !== revision) {
      const streams = this.accounts.flatMap((account) => [...account.streams]);
      this.found = { revision, mistakes: foundIn(streams, serverStoreRule, this.accounts[0].place) };
    }
    return this.found!.mistakes;
  }
}
