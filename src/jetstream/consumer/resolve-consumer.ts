import { Construct } from 'constructs';
import { AckPolicy, ConsumerConfig, DeliverPolicy, PriorityPolicy, ReplayPolicy } from './consumer-config';
import { JetStreamConsumerProps, ConsumerPullOptions, ConsumerPushOptions } from './consumer-props';
import { DEFAULT_ACK_WAIT, DEFAULT_MAX_ACK_PENDING } from './server-defaults';
import { bytesOf } from '../../core/bytes';
import { fractionalMilliseconds } from '../../core/go-duration';
import { defineRule, RuleLevel } from '../../core/rule';
import { ConsumerPlace } from '../rules/place';
import { StreamConfig, StreamStorage } from '../stream/stream-config';

export const CONSUMER_KIND = defineRule({
  id: 'CONSUMER-KIND',
  level: RuleLevel.ERROR,
  statement: 'A consumer either sends messages or is asked for them.',
  source: 'https://docs.nats.io/nats-concepts/jetstream/consumers#dispatch-type-pull-push',
});

const SERVERS_PINNED_TTL = 120_000;

/** A consumer with its defaults, which are those of a place. */
export function resolveConsumer(scope: Construct, props: JetStreamConsumerProps, place: ConsumerPlace): ConsumerConfig {
  const { push, pull, ackPolicy = AckPolicy.EXPLICIT } = props;
  if (push && pull) {
    throw CONSUMER_KIND.error(scope, { what: 'both push and pull are given', allowed: 'one of them', fix: 'leave push out, unless clients have to be sent messages' });
  }
  const backoff = (props.backoff ?? []).map(fractionalMilliseconds);
  return {
    name: props.name ?? scope.node.id,
    streamName: props.stream.streamName,
    description: props.description,
    deliverPolicy: props.deliverPolicy ?? defaultDeliverPolicy(props),
    startSequence: props.startSequence,
    startTime: props.startTime,
    ackPolicy,
    ackWait: props.ackWait ? fractionalMilliseconds(props.ackWait) : defaultAckWait(ackPolicy, backoff),
    maxDeliver: props.maxDeliver === -1 ? undefined : props.maxDeliver,
    backoff,
    filterSubjects: props.filterSubjects ?? [],
    replayPolicy: props.replayPolicy ?? ReplayPolicy.INSTANT,
    sampleFrequency: props.sampleFrequency === undefined || props.sampleFrequency === 0 ? undefined : `${props.sampleFrequency}%`,
    maxAckPending: props.maxAckPending ?? defaultMaxAckPending(place.origin),
    headersOnly: props.headersOnly ?? false,
    inactiveThreshold: props.inactiveThreshold ? fractionalMilliseconds(props.inactiveThreshold) : place.origin?.consumerLimits?.inactiveThreshold,
    pauseUntil: props.pauseUntil,
    replicas: props.replicas,
    storage: props.memStorage ? StreamStorage.MEMORY : undefined,
    metadata: props.metadata ?? {},
    ...push ? pushed(push, ackPolicy) : pulled(pull ?? {}, place),
  };
}

type Pushed = Pick<ConsumerConfig, 'deliverSubject' | 'deliverGroup' | 'flowControl' | 'heartbeat' | 'rateLimitBps' | 'priorityGroups'>;

function pushed({ deliverSubject, deliverGroup, heartbeat, rateLimitBps, ...options }: ConsumerPushOptions, ackPolicy: AckPolicy): Pushed {
  const flowControl = options.flowControl ?? ackPolicy === AckPolicy.FLOW_CONTROL;
  const needed = ackPolicy === AckPolicy.FLOW_CONTROL ? 1000 : 5000;
  return {
    deliverSubject,
    deliverGroup,
    flowControl,
    heartbeat: heartbeat ? fractionalMilliseconds(heartbeat) : flowControl ? needed : undefined,
    rateLimitBps,
    priorityGroups: [],
  };
}

type PulledField =
  'flowControl' | 'maxWaiting' | 'maxRequestBatch' | 'maxRequestExpires' | 'maxRequestMaxBytes' | 'priorityPolicy' | 'priorityGroups' | 'pinnedTtl';
type Pulled = Pick<ConsumerConfig, PulledField>;

function pulled(pull: ConsumerPullOptions, { limits }: ConsumerPlace): Pulled {
  const { maxWaiting, maxRequestBatch, maxRequestExpires, maxRequestMaxBytes, priority } = pull;
  const pinnedTtl = priority?.pinnedTtl && fractionalMilliseconds(priority.pinnedTtl);
  return {
    flowControl: false,
    maxWaiting,
    maxRequestBatch: maxRequestBatch ?? limits?.maxRequestBatch,
    maxRequestExpires: maxRequestExpires && fractionalMilliseconds(maxRequestExpires),
    maxRequestMaxBytes: maxRequestMaxBytes && bytesOf(maxRequestMaxBytes),
    priorityPolicy: priority?.policy,
    priorityGroups: priority?.groups ?? [],
    pinnedTtl: pinnedTtl ?? (priority?.policy === PriorityPolicy.PINNED_CLIENT ? SERVERS_PINNED_TTL : undefined),
  };
}

function defaultDeliverPolicy({ startSequence, startTime }: JetStreamConsumerProps): DeliverPolicy {
  if (startSequence !== undefined) return DeliverPolicy.BY_START_SEQUENCE;
  return startTime === undefined ? DeliverPolicy.ALL : DeliverPolicy.BY_START_TIME;
}

function defaultAckWait(ackPolicy: AckPolicy, backoff: number[]): number {
  if (backoff.length > 0) return backoff[0];
  return ackPolicy === AckPolicy.NONE || ackPolicy === AckPolicy.FLOW_CONTROL ? 0 : DEFAULT_ACK_WAIT;
}

/** A pedantic server wants it to be said where the stream limits it. */
function defaultMaxAckPending(origin: StreamConfig | undefined): number | undefined {
  const limit = origin?.consumerLimits?.maxAckPending;
  return limit === undefined ? undefined : Math.min(limit, DEFAULT_MAX_ACK_PENDING);
}
