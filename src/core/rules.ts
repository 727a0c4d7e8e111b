import { Construct } from 'constructs';
import { invalid, Mistake } from './mistake';
import { allRules, findRule, Rule, RuleDescription, RuleLevel } from './rule';

const ACKNOWLEDGED = 'cdk8s-nats:acknowledged';
const STRICT = 'cdk8s-nats:strict';

/** The rules of this library: what they are, and how to be excused from one. */
export class Rules {
  /**
   * Accepts what a rule guards against or warns of, for this construct and all below it.
   *
   * An unknown id, an empty reason, or a rule of level `error` (which nothing excuses) throws.
   *
   * @param scope the construct that the rule names in its message, or any construct above it
   * @param ruleId the id at the end of the rule's message
   * @param reason why it is wanted here, for the next reader
   */
  public static acknowledge(scope: Construct, ruleId: string, reason: string): void {
    const rule = findRule(ruleId);
    if (!rule) throw invalid(scope, { what: `there is no rule ${ruleId}`, fix: 'use the id at the end of the message' });
    if (rule.level === RuleLevel.ERROR) {
      throw invalid(scope, { what: `rule ${ruleId} cannot be acknowledged`, allowed: 'rules of level guarded or warning', fix: `mend it: ${rule.statement}` });
    }
    if (!reason.trim()) throw invalid(scope, { what: `the reason for acknowledging ${ruleId} is empty`, fix: 'say why it is wanted here' });
    scope.node.addMetadata(ACKNOWLEDGED, { ruleId, reason });
  }

  /** Makes each warning at or below this construct fail the synth. */
  public static strict(scope: Construct): void {
    scope.node.addMetadata(STRICT, true);
  }

  /** All rules, by id. */
  public static all(): RuleDescription[] {
    return allRules().map(({ id, level, statement, source, serverVerdict }) => ({ id, level, statement, source, serverVerdict }));
  }

  private constructor() {}
}

/**
 * Checks a rule at synth. Whatever stays unexcused fails the synth, together with all other findings of the app;
 * an unexcused warning is only printed, once.
 */
export function checkAtSynth(scope: Construct, rule: Rule, find: () => Mistake[]): void {
  scope.node.addValidation({ validate: () => find().flatMap((mistake) => judge(scope, rule, mistake)) });
}

/** A mistake of one of several constructs that are checked together. */
export interface PlacedMistake {
  readonly construct: Construct;
  readonly mistake: Mistake;
}

/** Checks a rule between constructs at synth, in one place; each finding names, and may be acknowledged on, the construct that has the mistake. */
export function checkTogetherAtSynth(scope: Construct, rule: Rule, find: () => PlacedMistake[]): void {
  const textOf = ({ construct, mistake }: PlacedMistake) => judge(construct, rule, mistake).map((text) => construct === scope ? text : `${construct.node.path}: ${text}`);
  scope.node.addValidation({ validate: () => find().flatMap(textOf) });
}

function judge(scope: Construct, rule: Rule, mistake: Mistake): string[] {
  if (rule.level === RuleLevel.ERROR) return [rule.text(mistake)];
  if (isAcknowledged(scope, rule)) return [];
  const acknowledge = `if it is wanted, Rules.acknowledge(<this construct>, '${rule.id}', '<why>')`;
  const acknowledgeable = rule.text({ ...mistake, fix: mistake.fix ? `${mistake.fix}; or, ${acknowledge}` : acknowledge });
  if (rule.level === RuleLevel.GUARDED || isStrict(scope)) return [acknowledgeable];
  warnOnce(scope, acknowledgeable);
  return [];
}

/** Whether the construct or one above it accepts what the rule speaks of. */
export function isAcknowledged(scope: Construct, rule: Rule): boolean {
  return scope.node.scopes.some((ancestor) =>
    ancestor.node.metadata.some(({ type, data }) => type === ACKNOWLEDGED && data.ruleId === rule.id));
}

function isStrict(scope: Construct): boolean {
  return scope.node.scopes.some((ancestor) => ancestor.node.metadata.some(({ type }) => type === STRICT));
}

/** cdk8s validates an app several times in one synth; a warning is worth reading once. */
const printed = new WeakMap<object, Set<string>>();

function warnOnce(scope: Construct, text: string): void {
  const ofApp = printed.get(scope.node.root) ?? new Set<string>();
  printed.set(scope.node.root, ofApp);
  const line = `warning: [${scope.node.path}] ${text}`;
  if (ofApp.has(line)) return;
  ofApp.add(line);
  console.warn(line);
}
