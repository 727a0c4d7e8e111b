import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../core/rule';

const LAME_DUCK_DOCS = 'https://docs.nats.io/running-a-nats-service/nats_admin/lame_duck_mode';

export const LAME_DUCK = defineRule({
  id: 'NATS-LAME-DUCK',
  level: RuleLevel.ERROR,
  statement: 'The lame duck duration is at least 30 seconds and longer than its grace period.',
  source: `nats-server: "invalid lame_duck_duration"; ${LAME_DUCK_DOCS}`,
  serverVerdict: true,
});

export const TERMINATION_GRACE = defineRule({
  id: 'NATS-TERMINATION-GRACE',
  level: RuleLevel.ERROR,
  statement: 'A pod has time for its lame duck mode before it is killed: the pause before SIGTERM, the lame duck duration and 20 seconds to shut down.',
  source: `${LAME_DUCK_DOCS}; nats-server ignores SIGTERM in lame duck mode (measured)`,
});

/**
 * How a server lets go of its clients before it stops. Changing it restarts the servers.
 * @see https://docs.nats.io/running-a-nats-service/nats_admin/lame_duck_mode
 */
export interface NatsLameDuck {
  /**
   * Within which time all clients are closed, one by one. For more than about 60 clients to each server, two minutes spread the
   * reconnects. Less than 30 seconds throws.
   * @default Duration.seconds(30)
   */
  readonly duration?: Duration;
  /**
   * How long the server waits before it closes the first client. As long as the duration, or longer, throws.
   * @default Duration.seconds(10)
   */
  readonly gracePeriod?: Duration;
}

/** How a pod ends. */
export interface Termination {
  readonly lameDuckDuration: Duration;
  readonly lameDuckGracePeriod: Duration;
  readonly graceSeconds: number;
}

/**
 * Seconds between the beginning of lame duck mode and SIGTERM. The server reads one signal at a time: a SIGTERM right after the
 * signal for lame duck mode would win. It is also the time for the pod's address to leave the Service.
 */
export const SECONDS_BEFORE_SIGTERM = 5;
const SECONDS_TO_SHUT_DOWN = 20;
const DEFAULT_SECONDS_TO_SHUT_DOWN = 40;

/** The times of a pod's end with their defaults; times that contradict each other throw. */
export function resolveTermination(scope: Construct, { duration = Duration.seconds(30), gracePeriod = Duration.seconds(10) }: NatsLameDuck = {},
  terminationGracePeriod?: Duration): Termination {
  const [lameDuckMs, gracePeriodMs] = [duration.toMilliseconds(), gracePeriod.toMilliseconds()];
  if (lameDuckMs < 30_000) {
    throw LAME_DUCK.error(scope, { what: `lameDuck.duration is ${lameDuckMs / 1000} s`, allowed: 'at least 30 s' });
  }
  if (gracePeriodMs >= lameDuckMs || gracePeriodMs < 0) {
    throw LAME_DUCK.error(scope, {
      what: `lameDuck.gracePeriod is ${gracePeriodMs / 1000} s with a lameDuck.duration of ${lameDuckMs / 1000} s`,
      allowed: 'less than the duration',
      fix: 'lower gracePeriod or raise duration',
    });
  }
  const before = SECONDS_BEFORE_SIGTERM + Math.ceil(lameDuckMs / 1000);
  const graceSeconds = terminationGracePeriod?.toSeconds({ integral: false }) ?? before + DEFAULT_SECONDS_TO_SHUT_DOWN;
  if (!Number.isInteger(graceSeconds) || graceSeconds < before + SECONDS_TO_SHUT_DOWN) {
    throw TERMINATION_GRACE.error(scope, {
      what: `pod.terminationGracePeriod is ${graceSeconds} s with a lameDuck.duration of ${lameDuckMs / 1000} s: the pod would be killed while it still serves clients`,
      allowed: `whole seconds, at least ${before + SECONDS_TO_SHUT_DOWN} (${SECONDS_BEFORE_SIGTERM} before SIGTERM, the duration, ${SECONDS_TO_SHUT_DOWN} to shut down)`,
      fix: 'raise terminationGracePeriod or leave it out',
    });
  }
  return { lameDuckDuration: duration, lameDuckGracePeriod: gracePeriod, graceSeconds };
}
