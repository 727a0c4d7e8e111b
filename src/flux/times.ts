import { Duration } from 'cdk8s';
import { FluxObject } from './flux-object';
import { fluxDuration } from './interval';
import { Mistake } from '../core/mistake';
import { defineRule, RuleLevel } from '../core/rule';
import { checkAtSynth } from '../core/rules';

export const FLUX_TIMES = defineRule({
  id: 'FLUX-TIMES',
  level: RuleLevel.WARNING,
  statement: 'Flux looks again after a minute or later, after more time than one attempt may take, and retries before it looks again.',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#interval, #timeout (less than 30 seconds are taken as 30) and #retry-interval',
});

/** How often, how long, and how soon again. */
export interface Times {
  readonly interval: Duration;
  readonly timeout?: Duration;
  readonly retryInterval?: Duration;
}

const MINUTE = 60_000;

/** Warns of times that do not fit each other, or that the controller takes for longer ones. What is no duration throws. */
export function checkTimes(object: FluxObject, times: Times, { shortestTimeout = 0 }: { shortestTimeout?: number } = {}): void {
  const words = (prop: keyof Times) => `${prop} is ${fluxDuration(object, prop, times[prop]!)}`;
  for (const prop of Object.keys(times) as (keyof Times)[]) if (times[prop] !== undefined) fluxDuration(object, prop, times[prop]);
  const [interval, timeout, retryInterval] = [times.interval, times.timeout, times.retryInterval]
    .map((time) => time?.toMilliseconds({ integral: false }));
  const found: Mistake[] = [];
  if (interval! < MINUTE) found.push({ what: words('interval'), allowed: 'a minute or more', fix: 'let a FluxReceiver tell Flux of a change at once' });
  if (timeout !== undefined && timeout >= interval!) found.push({ what: `${words('timeout')}, and ${words('interval')}`, allowed: 'a timeout below interval' });
  if (timeout !== undefined && timeout < shortestTimeout) found.push({ what: words('timeout'), allowed: `${shortestTimeout / 1000} seconds or more: less is taken as that` });
  if (retryInterval !== undefined && retryInterval > interval!) {
    found.push({ what: `${words('retryInterval')}, and ${words('interval')}`, allowed: 'a retryInterval of at most interval' });
  }
  if (found.length > 0) checkAtSynth(object, FLUX_TIMES, () => found);
}
