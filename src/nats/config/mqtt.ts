import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAuthTimeout } from '../auth/auth-timeout';
import { ConfBlock } from '../conf/conf-value';
import { NatsPeer } from '../network/nats-peer';
import { NatsTls } from '../tls/nats-tls';

const MQTT_DOCS = 'https://docs.nats.io/running-a-nats-service/configuration/mqtt/mqtt_config';

export const MQTT_JETSTREAM = defineRule({
  id: 'NATS-MQTT-JETSTREAM',
  level: RuleLevel.ERROR,
  statement: 'A single server that serves MQTT has JetStream: sessions and retained messages are streams.',
  source: `${MQTT_DOCS}; nats-server: "mqtt requires JetStream to be enabled if running in standalone mode"`,
  serverVerdict: true,
});

export const MQTT_ELSEWHERE = defineRule({
  id: 'NATS-MQTT-JETSTREAM-ELSEWHERE',
  level: RuleLevel.WARNING,
  statement: 'Servers that serve MQTT without JetStream need it on other servers, which they reach by gateways or leaf nodes; else no MQTT client can connect.',
  source: MQTT_DOCS,
});

export const MQTT_INVALID = defineRule({
  id: 'NATS-MQTT',
  level: RuleLevel.ERROR,
  statement: 'maxAckPending is a whole number from 0 to 65535, replicas are from 1 to 5 and not more than the servers, and times are longer than zero.',
  source: `${MQTT_DOCS}; nats-server: "should in [0..65535] range"`,
});

/**
 * A listener for MQTT 3.1.1 clients. Needs JetStream: here, or on other servers of the super cluster or hub.
 * @see https://docs.nats.io/running-a-nats-service/configuration/mqtt/mqtt_config
 */
export interface NatsMqttOptions {
  /**
   * TLS of the listener.
   * @default - the cluster's `tls`
   */
  readonly tls?: NatsTls;
  /**
   * Who may reach the listener.
   * @default - nobody
   */
  readonly peers?: NatsPeer[];
  /**
   * How long a client has to acknowledge a message of quality of service 1. Applied by reload.
   * @default - the server's: 30 s
   */
  readonly ackWait?: Duration;
  /**
   * Messages of a subscription that may wait for their acknowledgement, 0 to 65535. Applied by reload.
   * @default - the server's: 1024
   */
  readonly maxAckPending?: number;
  /**
   * Replicas of the streams that hold sessions and messages. Applied by reload, for streams made later.
   * @default - as many as there are servers, at most 3
   */
  readonly streamReplicas?: number;
  /**
   * Whether what is known of subscriptions is kept in memory. Applied by reload.
   * @default false
   */
  readonly consumerMemoryStorage?: boolean;
  /**
   * After which time an unused consumer of a subscription goes. Applied by reload.
   * @default - never
   */
  readonly consumerInactiveThreshold?: Duration;
  /**
   * How long a client has for logging in, in whole seconds; at most a minute.
   * @default - the server's: 2 s, and with TLS a second more than its handshake
   */
  readonly authTimeout?: Duration;
  /**
   * User of clients that log in as nobody. Changing it restarts the servers.
   * @default - they are turned away
   */
  readonly noAuthUser?: string;
  /**
   * How long JetStream has for an answer. Changing it restarts the servers.
   * @default - the server's: 5 s
   */
  readonly apiTimeout?: Duration;
  /**
   * JetStream domain of the streams. Changing it restarts the servers.
   * @default - that of the servers
   */
  readonly jetStreamDomain?: string;
  /**
   * Whether messages of quality of service 2 are refused. Changing it restarts the servers.
   * @default false
   */
  readonly rejectQos2Publish?: boolean;
  /**
   * Whether subscriptions of quality of service 2 get 1. Changing it restarts the servers.
   * @default false
   */
  readonly downgradeQos2Subscribe?: boolean;
}

/** What else the servers have, as far as MQTT depends on it. */
export interface MqttSurroundings {
  readonly replicas: number;
  readonly jetStream: boolean;
  /** Whether the server is single, with neither gateway nor leaf nodes. */
  readonly standalone: boolean;
}

/** Refuses MQTT options that the server refuses, or that cannot work. */
export function checkMqtt(scope: Construct, options: NatsMqttOptions, { replicas, jetStream, standalone }: MqttSurroundings): void {
  if (standalone && !jetStream) {
    throw MQTT_JETSTREAM.error(scope, { what: 'mqtt on a single server without jetStream', allowed: 'mqtt with jetStream', fix: 'give jetStream: {}' });
  }
  const refuse = (what: string, allowed: string) => { throw MQTT_INVALID.error(scope, { what, allowed }); };
  const { maxAckPending = 0, streamReplicas, jetStreamDomain } = options;
  if (!Number.isInteger(maxAckPending) || maxAckPending < 0 || maxAckPending > 65535) refuse(`mqtt.maxAckPending is ${maxAckPending}`, 'a whole number from 0 to 65535');
  const most = jetStream ? Math.min(5, replicas) : 5;
  if (streamReplicas !== undefined && !(Number.isInteger(streamReplicas) && streamReplicas >= 1 && streamReplicas <= most)) {
    refuse(`mqtt.streamReplicas is ${streamReplicas}${jetStream ? ` with ${replicas} servers` : ''}`, `a whole number from 1 to ${most}`);
  }
  if (jetStreamDomain !== undefined && !/^[^\s.*>]+$/.test(jetStreamDomain)) refuse(`mqtt.jetStreamDomain is '${jetStreamDomain}'`, 'a text without dots, wildcards and spaces');
  checkAuthTimeout(scope, 'mqtt.authTimeout', options.authTimeout);
  for (const time of ['ackWait', 'apiTimeout', 'consumerInactiveThreshold'] as const) {
    const milliseconds = options[time]?.toMilliseconds();
    if (milliseconds !== undefined && !(milliseconds > 0)) refuse(`mqtt.${time} is ${milliseconds} ms`, 'a time longer than zero');
  }
}

/** The block `mqtt` of nats.conf. */
export function renderMqtt(options: NatsMqttOptions, port: number, tls: ConfBlock | undefined): ConfBlock {
  return {
    port,
    tls,
    ack_wait: options.ackWait,
    max_ack_pending: options.maxAckPending,
    stream_replicas: options.streamReplicas,
    consumer_memory_storage: options.consumerMemoryStorage,
    consumer_inactive_threshold: options.consumerInactiveThreshold,
    authorization: options.authTimeout && { timeout: options.authTimeout.toSeconds() },
    no_auth_user: options.noAuthUser,
    js_api_timeout: options.apiTimeout,
    js_domain: options.jetStreamDomain,
    reject_qos2_publish: options.rejectQos2Publish,
    downgrade_qos2_subscribe: options.downgradeQos2Subscribe,
  };
}
