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

/** Judges once more at synth, for what depends on streams that may be described later. */
export function judgeAgain<Config, Place>(scope: Construct, rules: AssetRule<Config, Place>[], config: Config, place: Place): void {
  const errors = () => findingsOf(rules, config, place).filter(({ rule }) => rule.level === RuleLevel.ERROR);
  scope.node.addValidation({ validate: () => errors().map(({ rule, mistake }) => rule.text(mistake)) });
}
