import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../core/rule';
import { ConfBlock } from '../conf/conf-value';
import { NatsPeer } from '../network/nats-peer';

export const PROFILING_OPEN = defineRule({
  id: 'NATS-PROFILING-OPEN',
  level: RuleLevel.GUARDED,
  statement: 'The profiling port has no authentication: whoever reaches it reads what the server does, and slows it down.',
  source: 'https://docs.nats.io/running-a-nats-service/nats_admin/profiling',
});

export const PROFILING_RATE = defineRule({
  id: 'NATS-PROFILING-RATE',
  level: RuleLevel.ERROR,
  statement: 'blockRate is a whole number from 0.',
  source: 'https://pkg.go.dev/runtime#SetBlockProfileRate',
});

/**
 * Profiles of the servers, for `kubectl port-forward` and `go tool pprof`. Changing it restarts the servers.
 * @see https://docs.nats.io/running-a-nats-service/nats_admin/profiling
 */
export interface NatsProfilingOptions {
  /**
   * One of how many nanoseconds of waiting is sampled; 0 samples none, 1 all. Applied by reload.
   * @default - the server's: 0
   */
  readonly blockRate?: number;
  /**
   * Who may reach the listener. Naming anyone is guarded (NATS-PROFILING-OPEN).
   * @default - nobody; a port-forward comes from the node
   */
  readonly peers?: NatsPeer[];
}

export function checkProfiling(scope: Construct, { blockRate = 0 }: NatsProfilingOptions): void {
  if (Number.isInteger(blockRate) && blockRate >= 0) return;
  throw PROFILING_RATE.error(scope, { what: `profiling.blockRate is ${blockRate}`, allowed: 'a whole number from 0' });
}

/** Profiling as options of nats.conf. */
export function renderProfiling(options: NatsProfilingOptions | undefined, port: number | undefined): ConfBlock {
  return { prof_port: port, prof_block_rate: options?.blockRate };
}
