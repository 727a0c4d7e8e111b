import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import * as certManager from '../../../imports/cert-manager.io';
import { defineRule, RuleLevel } from '../../core/rule';
import { CERTIFICATE_WEBHOOK } from '../sources';
import { goSeconds, wholeSeconds } from '../whole-seconds';

export const LIFETIME = defineRule({
  id: 'CERT-LIFETIME',
  level: RuleLevel.ERROR,
  statement: 'A certificate lives for at least an hour, in whole seconds.',
  source: `${CERTIFICATE_WEBHOOK}: "certificate duration must be greater than 1h0m0s"`,
});

export const RENEW_BEFORE = defineRule({
  id: 'CERT-RENEW-BEFORE',
  level: RuleLevel.ERROR,
  statement: 'A certificate is renewed at least five minutes before it expires and after it was issued, said as a time or as a percentage of its life, not both.',
  source: `${CERTIFICATE_WEBHOOK}: "renewBefore and renewBeforePercentage are mutually exclusive", "certificate duration must be greater than renewBefore"`,
});

const HOUR = 3600;
const SHORTEST_LIFE = HOUR;
const LATEST_RENEWAL = 5 * 60;
/** cert-manager's defaults: 90 days, of which a third is left when a certificate is renewed. */
const DEFAULT_LIFE = 90 * 24 * HOUR;

/** How long a certificate lives, as its props say it. */
export interface LifetimeOptions {
  readonly duration?: Duration;
  readonly renewBefore?: Duration;
  readonly renewBeforePercentage?: number;
}

/** How long a certificate lives, in seconds. */
export interface Lifetime {
  readonly seconds: number;
  /** How much of its life is left when it is renewed. */
  readonly renewBeforeSeconds: number;
}

/** The lifetime with cert-manager's defaults; one that the webhook refuses throws. */
export function resolveLifetime(scope: Construct, options: LifetimeOptions): Lifetime {
  const seconds = options.duration ? wholeSeconds(options.duration) : DEFAULT_LIFE;
  if (seconds === undefined || seconds < SHORTEST_LIFE) {
    throw LIFETIME.error(scope, {
      what: `duration is ${inWords(options.duration!)}`,
      allowed: 'whole seconds, at least one hour',
      fix: 'give Duration.days(90), or leave it out',
    });
  }
  return { seconds, renewBeforeSeconds: renewBeforeSeconds(scope, seconds, options) };
}

function renewBeforeSeconds(scope: Construct, lifeSeconds: number, { renewBefore, renewBeforePercentage }: LifetimeOptions): number {
  if (renewBefore && renewBeforePercentage !== undefined) {
    throw RENEW_BEFORE.error(scope, {
      what: 'renewBefore and renewBeforePercentage are both given',
      allowed: 'one of them',
      fix: 'leave renewBeforePercentage out',
    });
  }
  if (renewBefore) return renewBeforeTime(scope, lifeSeconds, renewBefore);
  return renewBeforePercentage === undefined ? Math.floor(lifeSeconds / 3) : renewBeforePart(scope, lifeSeconds, renewBeforePercentage);
}

function renewBeforeTime(scope: Construct, lifeSeconds: number, renewBefore: Duration): number {
  const seconds = wholeSeconds(renewBefore);
  if (seconds === undefined || seconds < LATEST_RENEWAL || seconds >= lifeSeconds) {
    throw RENEW_BEFORE.error(scope, {
      what: `renewBefore is ${inWords(renewBefore)} with a duration of ${goSeconds(lifeSeconds)}`,
      allowed: 'whole seconds, at least five minutes, and less than the duration',
      fix: 'leave it out for a third of the duration',
    });
  }
  return seconds;
}

function renewBeforePart(scope: Construct, lifeSeconds: number, percentage: number): number {
  const left = Math.floor(lifeSeconds * percentage / 100);
  // The webhook measures what is over when the certificate is renewed, the controller what is left: both have to be five minutes.
  const fits = Math.min(left, lifeSeconds - left) >= LATEST_RENEWAL;
  if (!Number.isInteger(percentage) || percentage < 1 || percentage > 99 || !fits) {
    throw RENEW_BEFORE.error(scope, {
      what: `renewBeforePercentage is ${percentage} with a duration of ${goSeconds(lifeSeconds)}`,
      allowed: 'a whole number from 1 to 99, which leaves at least five minutes before and after the renewal',
      fix: 'give 33 to renew when a third of the life is left',
    });
  }
  return left;
}

function inWords(duration: Duration): string {
  const seconds = wholeSeconds(duration);
  return seconds === undefined ? `${duration.toMilliseconds({ integral: false })} ms` : goSeconds(seconds);
}

/** What is said of the lifetime, in fields of a Certificate; what is left out is cert-manager's default. */
export function renderLifetime({ duration, renewBefore, renewBeforePercentage }: LifetimeOptions):
Pick<certManager.CertificateSpec, 'duration' | 'renewBefore' | 'renewBeforePercentage'> {
  const render = (time: Duration | undefined) => time && goSeconds(wholeSeconds(time)!);
  return { duration: render(duration), renewBefore: render(renewBefore), renewBeforePercentage };
}
