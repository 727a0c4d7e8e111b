import { Construct } from 'constructs';
import { AccountAssets } from '../assets/account-assets';
import { judge, judgeAtSynth } from '../assets/judge';
import { originStreamRules, ownStreamRules } from '../rules/stream-rules';
import { StreamConfig } from '../stream/stream-config';

/** What the server says; our own advice on streams is not for those whose form the client decides. */
const serverRules = ownStreamRules.filter(({ rule }) => rule.serverVerdict);

/** Adds the stream of a bucket to those of its account, once the server would take it, and gives its name. */
export function describeBucket(scope: Construct, assets: AccountAssets, stream: StreamConfig): string {
  judge(scope, serverRules, stream, assets.bucketPlace);
  assets.addStream(scope, stream);
  if (stream.mirror || stream.sources.length > 0) judgeAtSynth(scope, originStreamRules, stream, assets.bucketPlace);
  return stream.name;
}
