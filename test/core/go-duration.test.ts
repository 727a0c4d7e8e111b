import { Duration } from 'cdk8s';
import { fractionalMilliseconds, goDuration, millisecondsOf, millisecondsOfGo } from '../../src/core/go-duration';

test.each([
  [Duration.millis(0), '0s'],
  [Duration.millis(1), '1ms'],
  [Duration.millis(1500), '1s500ms'],
  [Duration.seconds(30), '30s'],
  [Duration.seconds(120), '2m'],
  [Duration.seconds(1.005), '1s5ms'],
  [Duration.minutes(90), '1h30m'],
  [Duration.minutes(0.5), '30s'],
  [Duration.hours(1), '1h'],
  [Duration.days(7), '168h'],
])('%s is %s', (duration, text) => {
  expect(goDuration(millisecondsOf(duration)!)).toBe(text);
});

test('less than a millisecond is not a number of milliseconds', () => {
  expect(millisecondsOf(Duration.seconds(0.0001))).toBeUndefined();
});

test('a negative duration has its sign before all parts', () => {
  expect(goDuration(-90_000.5)).toBe('-1m30s500000ns');
});

test.each([
  ['0', 0], ['0s', 0], ['1h30m', 5_400_000], ['1.5s', 1500], ['.5s', 500], ['-2s', -2000], ['1ns', 1e-6], ['10us', 0.01], ['10µs', 0.01], ['168h', 604_800_000],
])('Go reads %s', (text, milliseconds) => {
  expect(millisecondsOfGo(text)).toBeCloseTo(milliseconds, 9);
});

test.each(['', '7d', '1', '1 h', 'h', '1h-', '1e3s'])('Go does not read %p', (text) => {
  expect(millisecondsOfGo(text)).toBeUndefined();
});

test.each([
  [Duration.seconds(1.005), '1s5ms'],
  [Duration.millis(0.5), '500000ns'],
  [Duration.seconds(0.0000015), '1500ns'],
  [Duration.days(200), '4800h'],
])('with fractions, %s is %s', (duration, text) => {
  expect(goDuration(fractionalMilliseconds(duration))).toBe(text);
});

test('a time that is a text is refused before anything is written', () => {
  for (const convert of [millisecondsOf, fractionalMilliseconds]) {
    expect(() => convert('7d' as never)).toThrow("a time is '7d'; allowed: a Duration; fix: give Duration.days(7), Duration.minutes(10) or the like");
  }
});
