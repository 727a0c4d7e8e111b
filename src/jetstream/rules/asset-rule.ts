import { Mistake } from '../../core/mistake';
import { defineRule, Rule, RuleDescription, RuleLevel } from '../../core/rule';

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
  return { rule: defineRule(description), find: (config, place) => listOf(find(config, place)) };
}

/** Nearly always nothing, for tens of thousands of configurations with a hundred rules each: nothing is made for that. */
function listOf(found: Mistake | Mistake[] | undefined | false): Mistake[] {
  if (!found) return NONE;
  return Array.isArray(found) ? found : [found];
}

const NONE: Mistake[] = [];

/** A rule that states the server's own verdict, of which `answer` are its words. */
export function serverRule<Config, Place>(
  id: string, statement: string, answer: string, find: (config: Config, place: Place) => Mistake | Mistake[] | undefined | false,
): AssetRule<Config, Place> {
  return assetRule({ id, level: RuleLevel.ERROR, statement, source: `nats-server: "${answer}"`, serverVerdict: true }, find);
}

/** All that a list of rules finds, in the order of the rules. */
export function findingsOf<Config, Place>(rules: AssetRule<Config, Place>[], config: Config, place: Place): Finding[] {
  const findings: Finding[] = [];
  for (const { rule, find } of rules) {
    for (const mistake of find(config, place)) findings.push({ rule, mistake });
  }
  return findings;
}

/** What is wrong with one of several assets because of the others. */
export interface JointMistake<Config> {
  readonly config: Config;
  readonly mistake: Mistake;
}

/**
 * A rule about assets that belong together, such as all consumers of one stream: it judges all at once, because comparing each with each takes too
 * long. Of two that exclude each other, the later one in the list has the mistake, as it is the one that the server refuses.
 */
export interface JointRule<Config, Place> {
  readonly rule: Rule;
  readonly find: (configs: readonly Config[], place: Place) => JointMistake<Config>[];
}

/** A rule of its own about assets that belong together. */
export function jointRule<Config, Place>(description: RuleDescription, find: JointRule<Config, Place>['find']): JointRule<Config, Place> {
  return { rule: defineRule(description), find };
}

/** What a list of rules finds in assets that belong together, in the order of the rules. */
export function jointFindingsOf<Config, Place>(
  rules: JointRule<Config, Place>[], configs: readonly Config[], place: Place,
): (Finding & JointMistake<Config>)[] {
  return rules.flatMap(({ rule, find }) => find(configs, place).map((found) => ({ rule, ...found })));
}
