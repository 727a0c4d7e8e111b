import { StreamRule } from './stream-rule';
import { RuleLevel } from '../../../core/rule';
import { assetRule, serverRule } from '../asset-rule';

/** What the server asks of a stream that is new, and of none that changes. */
export const creation: StreamRule[] = [
  assetRule({
    id: 'STREAM-SEALED',
    level: RuleLevel.GUARDED,
    statement: 'A stream is not sealed from its beginning: nothing would ever get into it. One that is there already may be.',
    source: 'nats-server: "stream configuration for create can not be sealed"',
    serverVerdict: true,
  }, ({ sealed }) => sealed && { what: 'sealed is true', allowed: 'false until the stream is there and has its messages', fix: 'deploy the stream first, and seal it later' }),
  serverRule('STREAM-MIRROR-DIRECT', 'mirrorDirect is for mirrors.', 'stream has no mirror but does have mirror direct',
    (config) => config.mirrorDirect && !config.mirror && { what: 'mirrorDirect is true, but the stream is no mirror', fix: 'leave it out, or give allowDirect: true' }),
];
