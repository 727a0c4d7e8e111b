import { Construct } from 'constructs';
import { RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';
import { AssetRule, findingsOf } from '../rules/asset-rule';

/** Throws the first error that the rules find; what may be acknowledged is told at synth. */
export function judge<Config, Place>(scope: Construct, rules: AssetRule<Config, Place>[], config: Config, place: Place): void {
  for (const { rule, mistake } of findingsOf(rules, config, place)) {
    if (rule.level === RuleLevel.ERROR) throw rule.error(scope, mistake);
    checkAtSynth(scope, rule, () => [mistake]);
  }
}

/** Judges at synth, for what depends on streams that may be described later. */
export function judgeAtSynth<Config, Place>(scope: Construct, rules: AssetRule<Config, Place>[], config: Config, place: Place): void {
  for (const { rule, find } of rules) checkAtSynth(scope, rule, () => find(config, place));
}
