import type { AccountAssets } from './account-assets';
import { Rule } from '../../core/rule';
import { PlacedMistake } from '../../core/rules';

/** A rule between the streams and consumers of one account, which is judged at synth, when all of them are there. */
export interface AccountRule {
  readonly rule: Rule;
  readonly find: (assets: AccountAssets) => PlacedMistake[];
}
