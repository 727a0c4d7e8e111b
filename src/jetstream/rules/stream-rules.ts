import { AssetRule } from './asset-rule';
import { JetStreamPlace } from './place';
import { StreamConfig } from '../stream/stream-config';

/** What a stream must keep, in the order in which mistakes are reported. */
export const streamRules: AssetRule<StreamConfig, JetStreamPlace>[] = [];
