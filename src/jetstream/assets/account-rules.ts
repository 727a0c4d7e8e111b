import type { AccountAssets } from './account-assets';
import { Rule } from '../../core/rule';
import { PlacedMistake } from '../../core/rules';
import { jointConsumerRules } from '../rules/consumer-rules';

/** A rule between the streams and consumers of one account, which is judged at synth, when all of them are there. */
export interface AccountRule {
  readonly rule: Rule;
  readonly find: (assets: AccountAssets) => PlacedMistake[];
}

/** What the streams and consumers of an account must keep between them. */
export const accountRules: AccountRule[] = [
  ...jointConsumerRules.map((joint) => ({ rule: joint.rule, find: (assets: AccountAssets) => ofEachStream(assets, joint.find) })),
];

/** What is wrong between the consumers of each stream. */
function ofEachStream(assets: AccountAssets, find: typeof jointConsumerRules[number]['find']): PlacedMistake[] {
  return [...assets.consumedStreams].flatMap((streamName) => {
    const constructs = new Map([...assets.consumersOf(streamName)].map(({ config, construct }) => [config, construct]));
    const found = find([...constructs.keys()], assets.consumerPlace(streamName));
    return found.map(({ config, mistake }) => ({ construct: constructs.get(config)!, mistake }));
  });
}
