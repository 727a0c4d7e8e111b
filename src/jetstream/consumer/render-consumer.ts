import { ConsumerConfig } from './consumer-config';
import * as nack from '../../../imports/jetstream.nats.io';
import { goDuration } from '../../core/go-duration';
import { wire } from '../../core/wire';
import { ifOn, time } from '../stream/render-stream';

/** The part of a Consumer's spec that says what the consumer is; what is always there is what NACK would else get wrong, or not take back. */
export function renderConsumer(config: ConsumerConfig): nack.ConsumerSpec {
  return {
    streamName: config.streamName,
    durableName: config.name,
    description: config.description,
    deliverPolicy: wire(config.deliverPolicy),
    optStartSeq: config.startSequence,
    optStartTime: config.startTime,
    ackPolicy: wire(config.ackPolicy),
    ackWait: goDuration(config.ackWait),
    maxDeliver: config.maxDeliver ?? -1,
    backoff: config.backoff.length > 0 ? config.backoff.map(goDuration) : undefined,
    filterSubjects: config.filterSubjects.length > 0 ? config.filterSubjects : undefined,
    replayPolicy: wire(config.replayPolicy),
    sampleFreq: config.sampleFrequency,
    maxAckPending: config.maxAckPending,
    headersOnly: ifOn(config.headersOnly),
    inactiveThreshold: time(config.inactiveThreshold),
    pauseUntil: config.pauseUntil,
    replicas: config.replicas,
    memStorage: ifOn(config.storage !== undefined),
    metadata: Object.keys(config.metadata).length > 0 ? { ...config.metadata } : undefined,
    deliverSubject: config.deliverSubject,
    deliverGroup: config.deliverGroup,
    flowControl: ifOn(config.flowControl),
    heartbeatInterval: time(config.heartbeat),
    rateLimitBps: config.rateLimitBps,
    maxWaiting: config.maxWaiting,
    maxRequestBatch: config.maxRequestBatch,
    maxRequestExpires: time(config.maxRequestExpires),
    maxRequestMaxBytes: config.maxRequestMaxBytes,
    priorityPolicy: config.priorityPolicy,
    priorityGroups: config.priorityGroups.length > 0 ? config.priorityGroups : undefined,
    pinnedTtl: time(config.pinnedTtl),
  };
}
