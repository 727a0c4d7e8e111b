import { Duration } from 'cdk8s';
import { goDuration, millisecondsOf } from '../../src/core/go-duration';

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
