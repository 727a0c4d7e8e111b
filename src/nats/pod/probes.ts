import { Duration } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../core/rule';

export const PROBE_INVALID = defineRule({
  id: 'NATS-PROBE',
  level: RuleLevel.ERROR,
  statement: 'A probe asks at least every second, waits at least a second for its answer, and fails after at least one refusal.',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
});

/**
 * What a probe asks of a server. The check of every stream and consumer is not among them: one damaged consumer would stop a rollout
 * for ever, while a stream that has lost its quorum passes. It belongs into an alert.
 * @see https://docs.nats.io/running-a-nats-service/nats_admin/monitoring#health-healthz
 */
export enum NatsHealthCheck {
  /** The server serves its clients. */
  SERVER = 'js-server-only',
  /** It serves its clients, and JetStream runs where it is configured. */
  JETSTREAM_ENABLED = 'js-enabled-only',
  /** It has recovered, knows the meta leader and has caught up with it; needs a cluster with JetStream. */
  JETSTREAM_META = 'js-meta-only',
}

/** A probe of the servers. */
export interface NatsProbeOptions {
  /**
   * What it asks.
   * @default - startup: JETSTREAM_META with clustered JetStream, JETSTREAM_ENABLED with JetStream on a single server, else SERVER; readiness and liveness: SERVER
   */
  readonly check?: NatsHealthCheck;
  /**
   * How often, in whole seconds.
   * @default - startup and readiness 5 s, liveness 30 s
   */
  readonly period?: Duration;
  /**
   * How long it waits for an answer, in whole seconds.
   * @default - startup and liveness 5 s, readiness 3 s
   */
  readonly timeout?: Duration;
  /**
   * How many refusals in a row count.
   * @default - startup 360, which with its period is half an hour for recovering a large store; readiness and liveness 3
   */
  readonly failureThreshold?: number;
}

/** The three probes of the servers. */
export interface NatsProbes {
  /**
   * When a server has started: a rollout waits for it before it goes on to the next server.
   * @default - see NatsProbeOptions
   */
  readonly startup?: NatsProbeOptions;
  /**
   * When clients are sent to a server.
   * @default - see NatsProbeOptions
   */
  readonly readiness?: NatsProbeOptions;
  /**
   * When a server is restarted.
   * @default - see NatsProbeOptions
   */
  readonly liveness?: NatsProbeOptions;
}

type ProbeName = keyof NatsProbes;

const defaults: { [probe in ProbeName]: Required<Omit<NatsProbeOptions, 'check'>> } = {
  startup: { period: Duration.seconds(5), timeout: Duration.seconds(5), failureThreshold: 360 },
  readiness: { period: Duration.seconds(5), timeout: Duration.seconds(3), failureThreshold: 3 },
  liveness: { period: Duration.seconds(30), timeout: Duration.seconds(5), failureThreshold: 3 },
};

/** The probes of the server's container. */
export type RenderedProbes = { readonly [probe in keyof NatsProbes]-?: k8s.Probe };

/** The probes with their defaults; a period or threshold that Kubernetes refuses throws. */
export function resolveProbes(
  scope: Construct, probes: NatsProbes = {}, topology: { jetStream: boolean; clustered: boolean; https: boolean },
): RenderedProbes {
  return {
    startup: resolveProbe(scope, 'startup', { check: defaultStartupCheck(topology), ...probes.startup }, topology.https),
    readiness: resolveProbe(scope, 'readiness', { ...probes.readiness }, topology.https),
    liveness: resolveProbe(scope, 'liveness', { ...probes.liveness }, topology.https),
  };
}

/** What a startup probe asks by default: the strongest statement that no single stream can veto. */
function defaultStartupCheck({ jetStream, clustered }: { jetStream: boolean; clustered: boolean }): NatsHealthCheck {
  if (!jetStream) return NatsHealthCheck.SERVER;
  // On a single server js-meta-only is the full check of all streams.
  return clustered ? NatsHealthCheck.JETSTREAM_META : NatsHealthCheck.JETSTREAM_ENABLED;
}

function resolveProbe(scope: Construct, probe: ProbeName, options: NatsProbeOptions, https: boolean): k8s.Probe {
  const { check, period, timeout, failureThreshold } = { check: NatsHealthCheck.SERVER, ...defaults[probe], ...options };
  const [periodSeconds, timeoutSeconds] = [period, timeout].map((duration) => duration.toSeconds({ integral: false }));
  for (const [name, value] of Object.entries({ period: periodSeconds, timeout: timeoutSeconds, failureThreshold })) {
    if (!Number.isInteger(value) || value < 1) {
      throw PROBE_INVALID.error(scope, { what: `probes.${probe}.${name} is ${value}`, allowed: 'a whole number from 1, for durations in seconds' });
    }
  }
  return {
    httpGet: { path: `/healthz?${check}=true`, port: k8s.IntOrString.fromString('monitor'), scheme: https ? 'HTTPS' : undefined },
    periodSeconds,
    timeoutSeconds,
    failureThreshold,
    successThreshold: 1,
  };
}
