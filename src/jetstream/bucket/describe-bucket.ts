import { Construct } from 'constructs';
import { AccountAssets } from '../assets/account-assets';
import { judge, judgeAtSynth } from '../assets/judge';
import { bucketOriginRules, bucketStreamRules } from '../rules/bucket-rules';
import { StreamConfig } from '../stream/stream-config';

/** Adds the stream of a bucket to those of its account, once it keeps the rules of streams, and gives its name. */
export function describeBucket(scope: Construct, assets: AccountAssets, stream: StreamConfig): string {
  judge(scope, bucketStreamRules, stream, assets.bucketPlace);
  assets.addStream(scope, stream);
  if (stream.mirror || stream.sources.length > 0) judgeAtSynth(scope, bucketOriginRules, stream, assets.bucketPlace);
  return stream.name;
}
