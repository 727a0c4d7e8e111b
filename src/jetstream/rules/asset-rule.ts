import { Mistake } from '../../core/mistake';
import { defineRule, Rule, RuleDescription } from '../../core/rule';

/** What one rule found wrong. */
export interface Finding {
  readonly rule: Rule;
  readonly mistake: Mistake;
}

/** A rule about one stream, consumer or bucket: pure, so that it can be asked about any configuration, and compared with the server. */
export interface AssetRule<Config, Place> {
  readonly rule: Rule;
  readonly find: (config: Config, place: Place) => Mistake[];
}

/** A rule of its own for one kind of asset; what it finds is undefined, a mistake or several. */
export function assetRule<Config, Place>(
  description: RuleDescription, find: (config: Config, place: Place) => Mistake | Mistake[] | undefined | false,
): AssetRule<Config, Place> {
  return { rule: defineRule(description), find: (config, place) => [find(config, place) || []].flat() };
}

/** All that a list of rules finds, in the order of the rules. */
export function findingsOf<Config, Place>(rules: AssetRule<Config, Place>[], config: Config, place: Place): Finding[] {
  return rules.flatMap(({ rule, find }) => find(config, place).map((mistake) => ({ rule, mistake })));
}
