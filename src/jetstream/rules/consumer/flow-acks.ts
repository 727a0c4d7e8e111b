import { ConsumerRule, deliveriesOf, FLOW_CONTROL_HEARTBEAT, isPush, maxAckPendingOf } from './consumer-rule';
import { isSince, NatsVersion } from '../../../nats/nats-version';
import { AckPolicy, ConsumerConfig } from '../../consumer/consumer-config';
import { serverRule } from '../asset-rule';
import { duration } from '../words';

function byFlowControl({ ackPolicy }: ConsumerConfig): boolean {
  return ackPolicy === AckPolicy.FLOW_CONTROL;
}

/** Acknowledgements by flow control: how a stream reads another through a consumer made beforehand. */
export const flowAcks: ConsumerRule[] = [
  serverRule('CONSUMER-FLOW-ACK-VERSION', 'nats-server 2.14 and later know the ackPolicy flow_control.', 'invalid JSON: can not unmarshal "flow_control"',
    (config, { version }) => byFlowControl(config) && !isSince(version, NatsVersion.V2_14) && {
      what: `ackPolicy is flow_control, which nats-server ${version} does not know`, allowed: 'AckPolicy.EXPLICIT, ALL or NONE', fix: 'use a later release of the server',
    }),
  serverRule('CONSUMER-FLOW-ACK-PUSH', 'The ackPolicy flow_control is for push consumers.', 'flow control ack policy requires a push based consumer',
    (config) => byFlowControl(config) && !isPush(config) && { what: 'ackPolicy is flow_control, but it is a pull consumer', allowed: 'AckPolicy.EXPLICIT, ALL or NONE', fix: 'give deliverSubject' }),
  serverRule('CONSUMER-FLOW-ACK-CONTROL', 'The ackPolicy flow_control comes with flowControl.', 'flow control ack policy requires flow control',
    (config, { pedantic }) => pedantic && byFlowControl(config) && !config.flowControl && {
      what: 'ackPolicy is flow_control, but flowControl is false', allowed: 'flowControl: true', fix: 'leave flowControl out',
    }),
  serverRule('CONSUMER-FLOW-ACK-HEARTBEAT', 'The ackPolicy flow_control comes with a heartbeat of 1 s.', 'flow control ack policy heartbeat needs to be 1s',
    (config, { pedantic }) => pedantic && byFlowControl(config) && config.heartbeat !== FLOW_CONTROL_HEARTBEAT && {
      what: `ackPolicy is flow_control, but heartbeat is ${config.heartbeat === undefined ? 'left out' : duration(config.heartbeat)}`, allowed: '1s', fix: config.heartbeat === undefined ? 'give heartbeat' : 'leave heartbeat out',
    }),
  serverRule('CONSUMER-FLOW-ACK-PENDING', 'The ackPolicy flow_control limits maxAckPending.', 'flow control ack policy requires max ack pending',
    (config, place) => byFlowControl(config) && maxAckPendingOf(config, place) <= 0 && {
      what: `ackPolicy is flow_control, but maxAckPending is ${maxAckPendingOf(config, place)}, which is unlimited`, allowed: 'a number from 1', fix: 'leave maxAckPending out',
    }),
  serverRule('CONSUMER-FLOW-ACK-WAIT', 'The ackPolicy flow_control has no ackWait and no backoff.', 'flow control ack policy requires unset ack wait',
    (config) => byFlowControl(config) && (config.ackWait !== 0 || config.backoff.length > 0) && {
      what: `ackPolicy is flow_control, but ${config.backoff.length > 0 ? 'backoff is given' : `ackWait is ${duration(config.ackWait)}`}`, allowed: 'neither ackWait nor backoff', fix: 'leave them out',
    }),
  serverRule('CONSUMER-FLOW-ACK-DELIVERIES', 'The ackPolicy flow_control has no maxDeliver.', 'flow control ack policy requires unset max deliver',
    (config) => byFlowControl(config) && deliveriesOf(config) < Infinity && {
      what: `ackPolicy is flow_control, but maxDeliver is ${config.maxDeliver}`, allowed: '-1', fix: 'leave maxDeliver out',
    }),
];
