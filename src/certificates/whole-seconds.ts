import { Duration } from 'cdk8s';
import { goDuration, millisecondsOf } from '../core/go-duration';

/** A duration in whole seconds, or undefined if it is no whole number of them. */
export function wholeSeconds(duration: Duration): number | undefined {
  const milliseconds = millisecondsOf(duration);
  return milliseconds === undefined || milliseconds % 1000 !== 0 ? undefined : milliseconds / 1000;
}

/** Seconds as Go writes a duration. */
export function goSeconds(seconds: number): string {
  return goDuration(seconds * 1000);
}
