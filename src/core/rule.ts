import { Construct } from 'constructs';
import { describeMistake, invalid, Mistake } from './mistake';

/** What happens when a rule is broken. */
export enum RuleLevel {
  /** A real system refuses it, or it cannot work: the synth fails. */
  ERROR = 'error',
  /** It works but is dangerous: the synth fails until `Rules.acknowledge` says why it is wanted. */
  GUARDED = 'guarded',
  /** It is unwise: printed once; `Rules.strict` makes the synth fail. */
  WARNING = 'warning',
}

/** A rule of this library, as `Rules.all` and docs/rules.md list it. */
export interface RuleDescription {
  /** Stable id, such as `NATS-REPLICAS-EVEN`. */
  readonly id: string;
  /** What happens when the rule is broken. */
  readonly level: RuleLevel;
  /** The rule in one sentence. */
  readonly statement: string;
  /** Where the rule comes from: the document, or the system that was asked. */
  readonly source: string;
  /**
   * Whether the rule states nats-server's own verdict; only such rules are compared with the server's answers.
   * @default false
   */
  readonly serverVerdict?: boolean;
}

const catalog = new Map<string, Rule>();

/** Defines a rule; the id must be new. */
export function defineRule(description: RuleDescription): Rule {
  if (catalog.has(description.id)) throw new Error(`the rule id ${description.id} is taken`);
  const rule = new Rule(description);
  catalog.set(description.id, rule);
  return rule;
}

/** All rules that the loaded modules define, by id. */
export function allRules(): Rule[] {
  return [...catalog.values()].sort((a, b) => a.id.localeCompare(b.id));
}

/** The rule with this id, if there is one. */
export function findRule(id: string): Rule | undefined {
  return catalog.get(id);
}

/** A rule that constructs check; the ways to be excused from it stand in rules.ts. */
export class Rule implements RuleDescription {
  public readonly id: string;
  public readonly level: RuleLevel;
  public readonly statement: string;
  public readonly source: string;
  public readonly serverVerdict: boolean;

  constructor(description: RuleDescription) {
    this.id = description.id;
    this.level = description.level;
    this.statement = description.statement;
    this.source = description.source;
    this.serverVerdict = description.serverVerdict ?? false;
  }

  /** The text of a mistake that breaks this rule. */
  public text(mistake: Mistake): string {
    return `${describeMistake(mistake)} [${this.id}]`;
  }

  /** The error for a mistake that breaks this rule, to be thrown where the value is given. */
  public error(scope: Construct, mistake: Mistake): Error {
    return invalid(scope, { what: this.text(mistake) });
  }
}
