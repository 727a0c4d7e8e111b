import { StreamRule } from './stream-rule';
import { RuleLevel } from '../../../core/rule';
import { StreamConfig } from '../../stream/stream-config';
import { assetRule } from '../asset-rule';

/** What a sealed stream must not have, in the words of its props. */
export function lostWhenSealed({ allowMsgSchedules, subjectDeleteMarkerTtl, allowMsgCounter }: StreamConfig): string | undefined {
  if (allowMsgSchedules) return 'allowMsgSchedules';
  if (subjectDeleteMarkerTtl) return 'subjectDeleteMarkerTtl';
  return allowMsgCounter ? 'allowMsgCounter' : undefined;
}

/** Beside the rule that a stream is not sealed from its beginning, which may be acknowledged. */
export const sealed: StreamRule[] = [
  assetRule({
    id: 'STREAM-SEALED-LOST',
    level: RuleLevel.ERROR,
    statement: 'A sealed stream has no schedules, delete markers or counters: the server seals it, and does not find it again when it next starts.',
    source: 'nats-server 2.12 (counters), 2.14 and 2.15 (all of them): "stream not found" after a restart (measured)',
  }, (config) => {
    const lost = lostWhenSealed(config);
    return config.sealed && lost !== undefined && { what: `sealed is true, beside ${lost}`, allowed: 'one of them', fix: 'leave it unsealed, and set denyDelete and denyPurge' };
  }),
];
