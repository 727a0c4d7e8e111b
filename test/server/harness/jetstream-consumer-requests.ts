import { ApiRequest } from './jetstream-api';
import { ConsumerConfig, DeliverPolicy } from '../../../src/jetstream/consumer/consumer-config';
import { renderConsumer } from '../../../src/jetstream/consumer/render-consumer';
import { consumerToCreate } from '../../../src/jetstream/nack/consumer-requests';
import { isSubject } from '../../../src/nats/subject';

/** Where the server writes a policy with underscores. */
const policies: { readonly [policy in DeliverPolicy]?: string } = {
  [DeliverPolicy.BY_START_SEQUENCE]: 'by_start_sequence',
  [DeliverPolicy.BY_START_TIME]: 'by_start_time',
  [DeliverPolicy.LAST_PER_SUBJECT]: 'last_per_subject',
};

/** Go's zero time, which NACK sends for none. */
const NEVER = '0001-01-01T00:00:00Z';

/**
 * The request by which NACK 0.23 makes a consumer in control-loop mode, from the resource that is rendered. What NACK itself refuses to send is sent as
 * it is, so that the server judges it, too.
 * @see https://github.com/nats-io/jsm.go/blob/v0.4.1/api/consumers.go
 */
export function createConsumer(rendered: ConsumerConfig, pedantic = true): ApiRequest {
  return applyConsumer(consumerToCreate(renderConsumer(rendered)), pedantic);
}

/** The request by which NACK makes a consumer so, or changes it: both are the same. */
export function applyConsumer(config: ConsumerConfig, pedantic = true): ApiRequest {
  const { streamName, filterSubjects: [filter, ...more] } = config;
  return {
    subject: subjectOf(config, more.length === 0 ? filter : undefined),
    body: { stream_name: streamName, config: consumerBody(config), action: '', pedantic },
  };
}

/** A consumer as the server is asked for it. */
export function consumerBody(config: ConsumerConfig): object {
  const [filter, ...more] = config.filterSubjects;
  return {
    ack_policy: config.ackPolicy,
    deliver_policy: policies[config.deliverPolicy] ?? config.deliverPolicy,
    replay_policy: config.replayPolicy,
    num_replicas: config.replicas ?? 0,
    pause_until: config.pauseUntil ?? NEVER,
    ...withoutEmpty({
      description: config.description,
      durable_name: config.name,
      name: config.name,
      ack_wait: nanoseconds(config.ackWait),
      deliver_subject: config.deliverSubject,
      deliver_group: config.deliverGroup,
      filter_subject: more.length > 0 ? undefined : filter,
      filter_subjects: more.length > 0 ? config.filterSubjects : undefined,
      flow_control: config.flowControl,
      idle_heartbeat: nanoseconds(config.heartbeat),
      max_ack_pending: config.maxAckPending,
      max_deliver: config.maxDeliver,
      backoff: config.backoff.map(nanoseconds),
      max_waiting: config.maxWaiting,
      opt_start_seq: config.startSequence,
      opt_start_time: config.startTime,
      rate_limit_bps: config.rateLimitBps,
      sample_freq: config.sampleFrequency,
      headers_only: config.headersOnly,
      max_batch: config.maxRequestBatch,
      max_expires: nanoseconds(config.maxRequestExpires),
      max_bytes: config.maxRequestMaxBytes,
      inactive_threshold: nanoseconds(config.inactiveThreshold),
      mem_storage: config.storage !== undefined,
      metadata: config.metadata,
      priority_policy: config.priorityPolicy,
      priority_groups: config.priorityGroups,
      priority_timeout: nanoseconds(config.pinnedTtl),
    }),
  };
}

export function deleteConsumer({ streamName, name }: Pick<ConsumerConfig, 'streamName' | 'name'>): ApiRequest {
  return { subject: `$JS.API.CONSUMER.DELETE.${streamName}.${name}`, body: {} };
}

/** A name or filter that cannot stand in a subject is left to the rest of the request. */
function subjectOf({ streamName, name }: ConsumerConfig, filter = ''): string {
  const names = [streamName, name].map((one) => isSubject(one) ? one : 'unsendable');
  return ['$JS.API.CONSUMER.CREATE', ...names, ...isSubject(filter) ? [filter] : []].join('.');
}

function nanoseconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.round(milliseconds * 1e6);
}

/** Go leaves out what is empty. */
function withoutEmpty(fields: { readonly [name: string]: unknown }): object {
  const isEmpty = (value: unknown) => !value || (typeof value === 'object' && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}
