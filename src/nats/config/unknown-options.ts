import { ExtraConfig } from './extra-config';
import { optionsOfBlock } from './option-names';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { nearestNames } from '../../core/schema/nearest-names';
import { isBlock } from '../conf/conf-value';
import { NatsInclude } from '../conf/nats-include';

export const EXTRA_UNKNOWN = defineRule({
  id: 'NATS-EXTRA-UNKNOWN',
  level: RuleLevel.GUARDED,
  statement: 'extraConfig sets only options that nats-server knows, because it does not start with another one; those of a newer server than the supported ones are acknowledged.',
  source: 'nats-server 2.12, 2.14 and 2.15: "unknown field" (measured)',
});

/** The options of `extraConfig` that no supported server knows, in the blocks whose options are all known. */
export function unknownOptions(extra: ExtraConfig, parents: readonly string[] = []): Mistake[] {
  const options = Object.entries(extra);
  const known = options.length > 0 && optionsOfBlock(parents.join('.'));
  if (!known) return [];
  return options.flatMap(([option, value]) => {
    if (value instanceof NatsInclude) return [];
    if (known.includes(option)) return isBlock(value) ? unknownOptions(value, [...parents, option]) : [];
    const [nearest] = nearestNames(option, known);
    return [{
      what: `extraConfig sets ${[...parents, option].join('.')}, which nats-server does not know`,
      allowed: parents.length === 0 ? 'the options of nats.conf' : known.join(', '),
      fix: nearest ? `did you mean ${nearest}?` : 'leave it out',
    }];
  });
}
