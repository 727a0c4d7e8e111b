import { StreamRule } from './stream-rule';
import { LONGEST_MILLISECONDS } from '../../../core/go-duration';
import { RuleLevel } from '../../../core/rule';
import { DEFAULT_WINDOW, hasDefaultWindow } from '../../stream/duplicate-window';
import { StreamConfig } from '../../stream/stream-config';
import { assetRule, serverRule } from '../asset-rule';
import { JetStreamPlace } from '../place';
import { duration } from '../words';

const SHORTEST = 100;

/** Whether a time is given that is below zero, or shorter than the server takes. */
function isTooShort(time: number, shortest: number): boolean {
  return time !== 0 && time < shortest;
}

/** Whether the server chooses the window. */
function takesDefaultWindow(config: StreamConfig, place: JetStreamPlace): boolean {
  return !config.duplicateWindow && hasDefaultWindow(config, place);
}

export const times: StreamRule[] = [
  serverRule('STREAM-MAX-AGE', 'maxAge is at least 100 ms.', 'max age needs to be >= 100ms',
    ({ maxAge }) => isTooShort(maxAge, SHORTEST) && { what: `maxAge is ${duration(maxAge)}`, allowed: 'at least 100ms, or 0s to keep messages for ever' }),
  serverRule('STREAM-DUPLICATE-WINDOW', 'duplicateWindow is at least 100 ms.', 'duplicates window needs to be >= 100ms',
    ({ duplicateWindow = 0 }) => isTooShort(duplicateWindow, SHORTEST) && { what: `duplicateWindow is ${duration(duplicateWindow)}`, allowed: 'at least 100ms' }),
  assetRule({
    id: 'STREAM-DUPLICATE-WINDOW-ZERO',
    level: RuleLevel.ERROR,
    statement: 'duplicateWindow is not zero, which would mean the default.',
    source: 'nats-server: a window of 0 becomes two minutes',
  }, ({ duplicateWindow }) => duplicateWindow === 0 && { what: 'duplicateWindow is 0s, which the server takes for 2m', allowed: 'at least 100ms', fix: 'leave it out, or give 100ms' }),
  serverRule('STREAM-DUPLICATE-WINDOW-AGE', 'duplicateWindow is not longer than maxAge.', 'duplicates window can not be larger then max age',
    ({ maxAge, duplicateWindow = 0 }) => maxAge !== 0 && duplicateWindow > maxAge && {
      what: `duplicateWindow is ${duration(duplicateWindow)}, longer than maxAge of ${duration(maxAge)}`, allowed: `up to ${duration(maxAge)}`, fix: 'lower it, or leave it out',
    }),
  serverRule('STREAM-DUPLICATE-WINDOW-SERVER', 'duplicateWindow is not longer than the servers let it be.', 'duplicates window can not be larger then server limit of 30s',
    ({ duplicateWindow = 0 }, { limits }) => !!limits?.duplicateWindow && duplicateWindow > limits.duplicateWindow && {
      what: `duplicateWindow is ${duration(duplicateWindow)}, longer than the limit of the servers`,
      allowed: `up to ${duration(limits.duplicateWindow)}`,
      fix: 'lower it, or raise jetStream.limits.duplicateWindow of the cluster',
    }),
  serverRule('STREAM-DUPLICATE-WINDOW-DEFAULT', 'duplicateWindow is given where two minutes, its default, would be longer than maxAge or than the servers let it be.', 'pedantic mode: duplicate window cannot be bigger than max age',
    (config, place) => {
      const most = Math.min(config.maxAge || Infinity, place.limits?.duplicateWindow || Infinity);
      return place.pedantic && takesDefaultWindow(config, place) && most < DEFAULT_WINDOW && {
        what: `duplicateWindow is left out, and its default of 2m is longer than ${most === config.maxAge ? 'maxAge' : 'the limit of the servers'}, ${duration(most)}`,
        allowed: `up to ${duration(most)}`,
        fix: `give duplicateWindow: Duration.millis(${most})`,
      };
    }),
  assetRule({
    id: 'STREAM-DURATION',
    level: RuleLevel.ERROR,
    statement: 'A time is one that Go can count: up to 292 years.',
    source: 'Go: a duration has 63 bits of nanoseconds; NACK does not read a longer one',
  }, (config) => Object.entries({
    'maxAge': config.maxAge,
    'duplicateWindow': config.duplicateWindow,
    'subjectDeleteMarkerTtl': config.subjectDeleteMarkerTtl,
    'consumerLimits.inactiveThreshold': config.consumerLimits?.inactiveThreshold,
  }).filter(([, time = 0]) => !(time <= LONGEST_MILLISECONDS)).map(([prop, time]) => ({ what: `${prop} is ${time! / 3_600_000} hours`, allowed: 'up to 2562047 hours' }))),
  assetRule({
    id: 'STREAM-CONSUMER-LIMITS',
    level: RuleLevel.ERROR,
    statement: 'consumerLimits.inactiveThreshold is above zero.',
    source: 'nats-server takes a negative limit, and gives it to each consumer (measured)',
  }, ({ consumerLimits }) => consumerLimits?.inactiveThreshold !== undefined && consumerLimits.inactiveThreshold <= 0 && {
    what: `consumerLimits.inactiveThreshold is ${duration(consumerLimits.inactiveThreshold)}`, allowed: 'more than 0s', fix: 'leave it out',
  }),
  assetRule({
    id: 'STREAM-CONSUMER-LIMITS-IDLE',
    level: RuleLevel.WARNING,
    statement: 'consumerLimits.inactiveThreshold makes all consumers of the stream temporary, durable ones too.',
    source: 'nats-server: a consumer has at most the threshold of its stream, and is deleted when nobody asks it for so long (measured)',
  }, ({ consumerLimits: { inactiveThreshold = 0 } = {} }) => inactiveThreshold > 0 && {
    what: `consumerLimits.inactiveThreshold is ${duration(inactiveThreshold)}: durable consumers that nobody asks for so long are deleted`,
    fix: 'leave it out, and give inactiveThreshold to those consumers that are temporary',
  }),
];
