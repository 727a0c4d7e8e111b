import { Duration } from 'cdk8s';
import { describeMistake } from './mistake';

const units: [unit: string, milliseconds: number][] = [['h', 3_600_000], ['m', 60_000], ['s', 1000], ['ms', 1]];

/** What Go can count: 2^63 nanoseconds. */
export const LONGEST_MILLISECONDS = Math.floor(2 ** 63 / 1e6);

/** A duration in milliseconds, or undefined if it is no whole number of them; 1.005 seconds are, although 1.005 * 1000 is not. */
export function millisecondsOf(duration: Duration): number | undefined {
  const exact = exactMilliseconds(duration);
  return Math.abs(exact - Math.round(exact)) < 1e-6 ? Math.round(exact) : undefined;
}

/** A duration in milliseconds, with what Go keeps of a fraction: whole nanoseconds. */
export function fractionalMilliseconds(duration: Duration): number {
  const exact = exactMilliseconds(duration);
  return millisecondsOf(duration) ?? Math.round(exact * 1e6) / 1e6;
}

/** A text such as `7d`, which a program without type checks may give, throws: Go knows no days, and would refuse it only in the cluster. */
function exactMilliseconds(duration: Duration): number {
  if (typeof duration?.toMilliseconds !== 'function') {
    throw new Error(describeMistake({ what: `a time is '${duration}'`, allowed: 'a Duration', fix: 'give Duration.days(7), Duration.minutes(10) or the like' }));
  }
  return duration.toMilliseconds({ integral: false });
}

/** Milliseconds as Go writes a duration, without parts that are zero: `1h30m`, `500ms`. Go knows no days. */
export function goDuration(milliseconds: number): string {
  if (milliseconds < 0) return `-${goDuration(-milliseconds)}`;
  let rest = Math.floor(milliseconds);
  const nanoseconds = Math.round((milliseconds - rest) * 1e6);
  const parts = units.map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? `${count}${unit}` : '';
  });
  return parts.join('') + (nanoseconds > 0 ? `${nanoseconds}ns` : '') || '0s';
}

const unitMilliseconds: { [unit: string]: number } = { ...Object.fromEntries(units), us: 1e-3, µs: 1e-3, μs: 1e-3, ns: 1e-6 };

/** A duration as Go reads it (`1h30m`, `0`, `-1.5s`) in milliseconds, or undefined if Go would refuse it. */
export function millisecondsOfGo(text: string): number | undefined {
  const [, sign, parts] = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:h|ms|m|s|us|µs|μs|ns))+|0)$/.exec(text) ?? [];
  if (parts === undefined) return undefined;
  const sum = [...parts.matchAll(/([\d.]+)([^\d.]+)/g)].reduce((total, [, count, unit]) => total + Number(count) * unitMilliseconds[unit], 0);
  return sign === '-' ? -sum : sum;
}
