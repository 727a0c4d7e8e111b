import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { AUTH_TIMEOUT } from './rules';

/** Refuses a time to log in that nats-server reads as another, or warns of. */
export function checkAuthTimeout(scope: Construct, prop: string, timeout: Duration | undefined): void {
  const seconds = timeout?.toSeconds({ integral: false });
  if (seconds === undefined || (Number.isInteger(seconds) && seconds >= 1 && seconds <= 60)) return;
  throw AUTH_TIMEOUT.error(scope, { what: `${prop} is ${seconds} s`, allowed: 'whole seconds from 1 to 60' });
}
