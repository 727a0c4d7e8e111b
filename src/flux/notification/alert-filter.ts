import { Construct } from 'constructs';
import { GoPattern, goPattern } from './go-pattern';
import { failureMessages, infoMessages } from './known-messages';
import { NoiseFilter } from './noise-filter';
import { defineRule, RuleLevel } from '../../core/rule';

export const ALERT_SEVERITY = defineRule({
  id: 'FLUX-ALERT-SEVERITY',
  level: RuleLevel.ERROR,
  statement: 'An alert has one severity: error, or info, which is everything with the errors.',
  source: 'The CRD of Alert: eventSeverity is "info" or "error"; the controllers send no other.',
});

export const ALERT_SWALLOWED = defineRule({
  id: 'FLUX-ALERT-SWALLOWED',
  level: RuleLevel.ERROR,
  statement: 'What is excluded from an alert leaves something of what it includes.',
  source: 'An exclusion wins over an inclusion: https://fluxcd.io/flux/components/notification/alerts/#event-exclusion',
});

/** Which events an alert is about. */
export enum FluxEventSeverity {
  /** All events, errors included. */
  INFO = 'info',
  /** Errors alone. */
  ERROR = 'error',
}

/** Which events of its sources an alert sends on. */
export interface FluxAlertFilter {
  /**
   * Severity of the events. One that Flux does not know, such as `warn`, throws, and so does a list: INFO has the errors too.
   * @default FluxEventSeverity.ERROR
   */
  readonly severity?: FluxEventSeverity;
  /**
   * Patterns of which a message must have at least one: regular expressions of Go, which match anywhere unless they begin with `^`. Only messages can be
   * filtered, not the reasons of events. A message may have several lines: `(?m)` lets `^` match at each. One that Go cannot read throws.
   * @default - all messages
   * @see https://fluxcd.io/flux/components/notification/alerts/#event-inclusion
   */
  readonly include?: string[];
  /**
   * Patterns of which a message must have none; they win over `include`. One that Go cannot read throws, and so do patterns that leave nothing.
   * @default - nothing is excluded
   * @see https://fluxcd.io/flux/components/notification/alerts/#event-exclusion
   */
  readonly exclude?: string[];
  /**
   * Known kinds of noise, excluded besides.
   * @default - none: all that Flux says
   */
  readonly noise?: NoiseFilter[];
}

/** A filter as the Alert says it. */
export interface AlertFilter {
  readonly severity: FluxEventSeverity;
  readonly inclusionList: string[];
  readonly exclusionList: string[];
}

/** Checks what a filter asks for. A severity or pattern that Flux does not know throws, and so does a filter that lets nothing through. */
export function resolveFilter(scope: Construct, filter: FluxAlertFilter): AlertFilter {
  const { severity = FluxEventSeverity.ERROR, include = [], exclude = [], noise = [] } = filter;
  checkSeverity(scope, severity);
  const included = include.map((text, index) => goPattern(scope, `include[${index}]`, text));
  const excluded = [...exclude, ...noise.flatMap(({ _patterns }) => _patterns)].map((text, index) => goPattern(scope, `exclude[${index}]`, text));
  checkLeaves(scope, included, excluded);
  return { severity, inclusionList: unique(included), exclusionList: unique(excluded) };
}

function checkSeverity(scope: Construct, severity: FluxEventSeverity): void {
  if (Object.values(FluxEventSeverity).includes(severity)) return;
  throw ALERT_SEVERITY.error(scope, {
    what: `severity is ${Array.isArray(severity) ? 'a list' : `'${severity}'`}`,
    allowed: 'FluxEventSeverity.ERROR, or FluxEventSeverity.INFO, which is everything with the errors',
    fix: 'Flux has no warnings: what is not an error is info; for errors here and the rest there, describe one route for each',
  });
}

function checkLeaves(scope: Construct, included: GoPattern[], excluded: GoPattern[]): void {
  if (excluded.length === 0) return;
  const all = [...failureMessages, ...infoMessages];
  const swallowing = excluded.find(({ finds }) => all.every(finds));
  if (swallowing || all.every((message) => excluded.some(({ finds }) => finds(message)))) {
    throw ALERT_SWALLOWED.error(scope, {
      what: `${swallowing ? `exclude has '${swallowing.text}', which swallows` : 'what is excluded together swallows'} everything that Flux says`,
      allowed: 'patterns that leave something',
      fix: 'exclude less; to send nothing for a time, set suspend: true',
    });
  }
  if (included.length > 0 && included.every(({ text }) => excluded.some((other) => other.text === text))) {
    throw ALERT_SWALLOWED.error(scope, {
      what: `include has only patterns that exclude has too: ${included.map(({ text }) => `'${text}'`).join(', ')}`,
      allowed: 'an exclusion narrower than the inclusion, because it wins',
      fix: 'remove them from one of the two',
    });
  }
}

function unique(patterns: GoPattern[]): string[] {
  return [...new Set(patterns.map(({ text }) => text))];
}
