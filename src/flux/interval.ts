import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { goDuration, millisecondsOf } from '../core/go-duration';
import { defineRule, RuleLevel } from '../core/rule';

export const FLUX_INTERVAL = defineRule({
  id: 'FLUX-INTERVAL',
  level: RuleLevel.ERROR,
  statement: 'An interval or a timeout of Flux is a positive duration of whole milliseconds.',
  source: 'The patterns of the CRDs: hours, minutes, seconds and milliseconds, without days and without a sign.',
});

/** A duration as the CRDs of Flux take it (`1h30m`), where hours may be a unit or not. A wrong value throws. */
export function fluxDuration(scope: Construct, prop: string, duration: Duration, { hours = true }: { hours?: boolean } = {}): string {
  if (!(duration instanceof Duration)) {
    throw FLUX_INTERVAL.error(scope, { what: `${prop} is '${duration}'`, allowed: 'a Duration', fix: `give ${prop}: Duration.minutes(10), or Duration.days(1) for a day` });
  }
  const milliseconds = millisecondsOf(duration);
  if (milliseconds === undefined || milliseconds <= 0) {
    throw FLUX_INTERVAL.error(scope, { what: `${prop} is ${duration.toMilliseconds({ integral: false })} ms`, allowed: 'whole milliseconds, at least one' });
  }
  if (hours) return goDuration(milliseconds);
  const minutes = Math.floor(milliseconds / 60_000);
  const rest = milliseconds % 60_000;
  return `${minutes > 0 ? `${minutes}m` : ''}${rest > 0 ? goDuration(rest) : ''}`;
}
