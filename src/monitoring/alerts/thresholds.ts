import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../core/rule';

export const ALERT_THRESHOLD = defineRule({
  id: 'ALERT-THRESHOLD',
  level: RuleLevel.ERROR,
  statement: 'A share is above 0 and up to 1, a count is a whole number from 0, and what is critical comes after what is a warning.',
  source: 'An alert beyond its limits fires always, or never.',
});

/** From which values on alerts fire. Shares are of a limit: 0.9 is nine tenths of it. */
export interface NatsAlertThresholds {
  /**
   * Share of `max_connections`, of a server and of an account.
   * @default 0.9
   */
  readonly connections?: number;
  /**
   * Share of the cores that a server may use.
   * @default 0.9
   */
  readonly cpu?: number;
  /**
   * Share of `max_file_store` for a warning.
   * @default 0.8
   */
  readonly storage?: number;
  /**
   * Share of `max_file_store` that is critical. At the end of it, all replicated streams lose their leaders.
   * @default 0.9
   */
  readonly storageCritical?: number;
  /**
   * Share of `max_memory_store`.
   * @default 0.8
   */
  readonly memoryStore?: number;
  /**
   * Share of `max_file_store` that streams have reserved.
   * @default 0.9
   */
  readonly reservedStorage?: number;
  /**
   * Share of what an account may store.
   * @default 0.8
   */
  readonly accountStorage?: number;
  /**
   * Share of the limits of a stream that refuses messages, or loses unprocessed ones, when it is full.
   * @default 0.9
   */
  readonly streamLimit?: number;
  /**
   * Share of a volume, or of its inodes, for a warning.
   * @default 0.85
   */
  readonly volume?: number;
  /**
   * Share of a volume, or of its inodes, that is critical.
   * @default 0.95
   */
  readonly volumeCritical?: number;
  /**
   * Share of the memory limit of a server's container.
   * @default 0.9
   */
  readonly podMemory?: number;
  /**
   * Share of the periods in which a server's container was held back for its CPU limit.
   * @default 0.25
   */
  readonly cpuThrottling?: number;
  /**
   * Share of `maxAckPending` of a consumer.
   * @default 0.9
   */
  readonly ackPending?: number;
  /**
   * Refused requests to the API of JetStream within ten minutes.
   * @default 50
   */
  readonly apiErrors?: number;
  /**
   * How often producers were held back within five minutes, on one server.
   * @default 100
   */
  readonly stalledProducers?: number;
  /**
   * Requests that wait for the meta leader.
   * @default 100
   */
  readonly metaBacklog?: number;
  /**
   * Replicated streams and consumers on one server.
   * @default 1000
   */
  readonly haAssets?: number;
  /**
   * Messages that a replica of a stream is behind its leader.
   * @default 1000
   */
  readonly replicaLag?: number;
  /**
   * Messages that a mirror or a source is behind its origin.
   * @default 1000
   */
  readonly originLag?: number;
  /**
   * How long a mirror or a source may hear nothing of its origin, which tells it at least every ten seconds that it is there.
   * @default Duration.minutes(1)
   */
  readonly originSilence?: Duration;
  /**
   * Messages that wait for a consumer, unless `consumers` says otherwise.
   * @default 10000
   */
  readonly consumerPending?: number;
  /**
   * Messages that a consumer has delivered more than once and that are not acknowledged yet, unless `consumers` says otherwise.
   * @default 100
   */
  readonly consumerRedelivered?: number;
  /**
   * How long before its end a certificate that is not yet renewed is a warning.
   * @default Duration.days(14)
   */
  readonly certificateExpiry?: Duration;
  /**
   * How long before its end a certificate that is not yet renewed is critical.
   * @default Duration.days(3)
   */
  readonly certificateExpiryCritical?: Duration;
}

/** All thresholds, times in seconds. */
export type ResolvedThresholds = { readonly [prop in keyof NatsAlertThresholds]-?: number };

const SHARES = {
  connections: 0.9,
  cpu: 0.9,
  storage: 0.8,
  storageCritical: 0.9,
  memoryStore: 0.8,
  reservedStorage: 0.9,
  accountStorage: 0.8,
  streamLimit: 0.9,
  volume: 0.85,
  volumeCritical: 0.95,
  podMemory: 0.9,
  cpuThrottling: 0.25,
  ackPending: 0.9,
};

const COUNTS = {
  apiErrors: 50,
  stalledProducers: 100,
  metaBacklog: 100,
  haAssets: 1000,
  replicaLag: 1000,
  originLag: 1000,
  consumerPending: 10_000,
  consumerRedelivered: 100,
};

const DURATIONS = { originSilence: 60, certificateExpiry: 14 * 86_400, certificateExpiryCritical: 3 * 86_400 };

/** What is critical, with the warning before it. */
const AFTER: [critical: keyof ResolvedThresholds, warning: keyof ResolvedThresholds, later: (critical: number, warning: number) => boolean][] = [
  ['storageCritical', 'storage', (critical, warning) => critical >= warning],
  ['volumeCritical', 'volume', (critical, warning) => critical >= warning],
  ['certificateExpiryCritical', 'certificateExpiry', (critical, warning) => critical <= warning],
];

/** The thresholds with their defaults; values that make no sense throw. */
export function resolveThresholds(scope: Construct, given: NatsAlertThresholds = {}): ResolvedThresholds {
  const refuse = (prop: string, value: unknown, allowed: string) => { throw ALERT_THRESHOLD.error(scope, { what: `thresholds.${prop} is ${value}`, allowed }); };
  const { originSilence, certificateExpiry, certificateExpiryCritical, ...numbers } = given;
  for (const prop of Object.keys(SHARES) as (keyof typeof SHARES)[]) {
    const share = numbers[prop];
    if (share !== undefined && !(share > 0 && share <= 1)) refuse(prop, share, 'a share above 0 and up to 1, such as 0.9');
  }
  for (const prop of Object.keys(COUNTS) as (keyof typeof COUNTS)[]) if (numbers[prop] !== undefined) checkCount(scope, `thresholds.${prop}`, numbers[prop]);
  const seconds: { [prop: string]: number } = {};
  for (const [prop, duration] of Object.entries({ originSilence, certificateExpiry, certificateExpiryCritical })) {
    if (!duration) continue;
    seconds[prop] = duration.toMilliseconds() / 1000;
    if (!(seconds[prop] > 0)) refuse(prop, `${seconds[prop]} s`, 'a time above 0');
  }
  const resolved: ResolvedThresholds = { ...SHARES, ...COUNTS, ...DURATIONS, ...defined(numbers), ...seconds };
  for (const [critical, warning, later] of AFTER) {
    if (!later(resolved[critical], resolved[warning])) {
      refuse(critical, `${resolved[critical]}, and thresholds.${warning} ${resolved[warning]}`, `a ${critical} that is reached after ${warning}`);
    }
  }
  return resolved;
}

/** Refuses what is no count. */
export function checkCount(scope: Construct, prop: string, value: number): void {
  if (Number.isInteger(value) && value >= 0) return;
  throw ALERT_THRESHOLD.error(scope, { what: `${prop} is ${value}`, allowed: 'a whole number from 0' });
}

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
