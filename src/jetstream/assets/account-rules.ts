import type { AccountAssets, Asset } from './account-assets';
import { AccountRule } from './account-rule';
import { forgettingStreams } from './forgetting-streams';
import { missingOrigins } from './missing-origins';
import { unlimitedStreams } from './unlimited-streams';
import { PlacedMistake } from '../../core/rules';
import { JointRule } from '../rules/asset-rule';
import { jointConsumerRules } from '../rules/consumer-rules';
import { jointStreamRules } from '../rules/stream/joint';

/** What the streams and consumers of an account must keep between them. */
export const accountRules: AccountRule[] = [
  ...jointStreamRules.map((joint) => ({ rule: joint.rule, find: (assets: AccountAssets) => foundIn(assets.streams, joint, assets.place) })),
  ...jointConsumerRules.map((joint) => ({ rule: joint.rule, find: (assets: AccountAssets) => ofEachStream(assets, joint) })),
  forgettingStreams,
  missingOrigins,
  unlimitedStreams,
];

/** What a rule finds in assets that belong together, each mistake with the construct that made it. */
export function foundIn<Config, Place>(assets: Iterable<Asset<Config>>, { find }: JointRule<Config, Place>, place: Place): PlacedMistake[] {
  const constructs = new Map([...assets].map(({ config, construct }) => [config, construct]));
  return find([...constructs.keys()], place).map(({ config, mistake }) => ({ construct: constructs.get(config)!, mistake }));
}

/** What is wrong between the consumers of each stream. */
function ofEachStream(assets: AccountAssets, rule: typeof jointConsumerRules[number]): PlacedMistake[] {
  return [...assets.consumedStreams].flatMap((streamName) => foundIn(assets.consumersOf(streamName), rule, assets.consumerPlace(streamName)));
}
