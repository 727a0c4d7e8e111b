import { withCrdDefaults } from './crd-defaults';
import { duration } from './values';
import * as nack from '../../../imports/jetstream.nats.io';
import { AckPolicy, ConsumerConfig, DeliverPolicy, PriorityPolicy, ReplayPolicy } from '../consumer/consumer-config';
import { StreamStorage } from '../stream/stream-config';

/** What NACK begins with, before it reads the resource. */
const template: ConsumerConfig = {
  name: '',
  streamName: '',
  deliverPolicy: DeliverPolicy.ALL,
  ackPolicy: AckPolicy.EXPLICIT,
  ackWait: 30_000,
  backoff: [],
  filterSubjects: [],
  replayPolicy: ReplayPolicy.INSTANT,
  headersOnly: false,
  metadata: {},
  flowControl: false,
  priorityGroups: [],
};

/** The consumer that NACK asks the server for when a resource is new. */
export function consumerToCreate(spec: nack.ConsumerSpec): ConsumerConfig {
  return merged(template, withCrdDefaults('Consumer', spec));
}

/**
 * The consumer that NACK asks the server for when a resource has changed: what the server has, with what the resource says. What the resource does
 * not say any more stays for most fields.
 * @see https://github.com/nats-io/nack/blob/v0.23.0/internal/controller/consumer_controller.go
 */
export function consumerToUpdate(current: ConsumerConfig, spec: nack.ConsumerSpec): ConsumerConfig {
  return merged(current, withCrdDefaults('Consumer', spec));
}

function merged(base: ConsumerConfig, spec: nack.ConsumerSpec): ConsumerConfig {
  return {
    ...base,
    ...alwaysSaid(spec),
    ...start(spec),
    ...priority(base, spec),
    ackPolicy: spec.ackPolicy as AckPolicy | undefined ?? base.ackPolicy,
    ackWait: duration(spec.ackWait) ?? base.ackWait,
    maxDeliver: spec.maxDeliver ? deliveries(spec.maxDeliver) : base.maxDeliver,
    backoff: spec.backoff?.length ? spec.backoff.map((pause) => duration(pause) ?? 0) : base.backoff,
    filterSubjects: filters(spec) ?? base.filterSubjects,
    replayPolicy: spec.replayPolicy as ReplayPolicy | undefined ?? base.replayPolicy,
    sampleFrequency: spec.sampleFreq ? percent(spec.sampleFreq) : base.sampleFrequency,
    headersOnly: spec.headersOnly || base.headersOnly,
    inactiveThreshold: duration(spec.inactiveThreshold) ?? base.inactiveThreshold,
    pauseUntil: spec.pauseUntil || base.pauseUntil,
    storage: spec.memStorage ? StreamStorage.MEMORY : base.storage,
    flowControl: spec.flowControl || base.flowControl,
    heartbeat: duration(spec.heartbeatInterval) ?? base.heartbeat,
    maxRequestExpires: duration(spec.maxRequestExpires) ?? base.maxRequestExpires,
  };
}

/** The fields that NACK sends each time, so that they follow the resource. */
function alwaysSaid(spec: nack.ConsumerSpec) {
  return {
    name: spec.durableName ?? '',
    streamName: spec.streamName ?? '',
    description: spec.description || undefined,
    deliverSubject: spec.deliverSubject || undefined,
    deliverGroup: spec.deliverGroup || undefined,
    maxAckPending: spec.maxAckPending || undefined,
    maxWaiting: spec.maxWaiting || undefined,
    rateLimitBps: spec.rateLimitBps || undefined,
    maxRequestBatch: spec.maxRequestBatch || undefined,
    maxRequestMaxBytes: spec.maxRequestMaxBytes || undefined,
    replicas: spec.replicas || undefined,
    metadata: spec.metadata ?? {},
  };
}

/** The policy comes with its start, and clears that of another. */
function start({ deliverPolicy, optStartSeq, optStartTime }: nack.ConsumerSpec): Partial<ConsumerConfig> {
  const policy = deliverPolicy as DeliverPolicy | undefined;
  return policy === undefined ? {} : {
    deliverPolicy: policy,
    startSequence: policy === DeliverPolicy.BY_START_SEQUENCE ? optStartSeq || undefined : undefined,
    startTime: policy === DeliverPolicy.BY_START_TIME ? optStartTime : undefined,
  };
}

/** A policy without groups clears both; no policy leaves them, and a pinned client without a time is not read. */
function priority(base: ConsumerConfig, { priorityPolicy, priorityGroups = [], pinnedTtl }: nack.ConsumerSpec): Partial<ConsumerConfig> {
  if (!priorityPolicy || priorityPolicy === 'none') return {};
  if (priorityPolicy === PriorityPolicy.PINNED_CLIENT && !pinnedTtl) return {};
  if (priorityGroups.length === 0) return { priorityPolicy: undefined, priorityGroups: [] };
  return {
    priorityPolicy: priorityPolicy as PriorityPolicy,
    priorityGroups,
    pinnedTtl: priorityPolicy === PriorityPolicy.PINNED_CLIENT ? duration(pinnedTtl) : base.pinnedTtl,
  };
}

function filters({ filterSubject, filterSubjects = [] }: nack.ConsumerSpec): string[] | undefined {
  if (filterSubject) return [filterSubject];
  return filterSubjects.length > 0 ? filterSubjects : undefined;
}

/** A whole number of percent, or the text as it is, which NACK does not send. */
function percent(text: string): string | undefined {
  const [, rate] = /^([+-]?\d+)%?$/.exec(text) ?? [];
  if (rate === undefined) return text;
  return Number(rate) === 0 ? undefined : `${Number(rate)}%`;
}

/** A number of deliveries, where -1 means that there is no limit. */
function deliveries(count: number): number | undefined {
  return count === -1 ? undefined : count;
}
