import { StreamConfig, StreamOriginConfig, StreamPersistMode, SubjectTransformConfig } from '../../../src/jetstream/stream/stream-config';

/** A stream as the server is asked for it. */
export function streamBody(config: StreamConfig): object {
  return {
    name: config.name,
    description: config.description,
    subjects: config.subjects.length > 0 ? config.subjects : undefined,
    retention: config.retention,
    storage: config.storage,
    num_replicas: config.replicas,
    discard: config.discard,
    discard_new_per_subject: config.discardPerSubject,
    max_consumers: config.maxConsumers ?? -1,
    max_msgs: config.maxMsgs ?? -1,
    max_msgs_per_subject: config.maxMsgsPerSubject ?? -1,
    max_bytes: config.maxBytes ?? -1,
    max_msg_size: config.maxMsgSize ?? -1,
    max_age: nanoseconds(config.maxAge),
    duplicate_window: nanoseconds(config.duplicateWindow),
    no_ack: config.noAck,
    sealed: config.sealed,
    deny_delete: config.denyDelete,
    deny_purge: config.denyPurge,
    allow_rollup_hdrs: config.allowRollup,
    allow_direct: config.allowDirect,
    mirror_direct: config.mirrorDirect,
    allow_msg_ttl: config.allowMsgTtl,
    subject_delete_marker_ttl: nanoseconds(config.subjectDeleteMarkerTtl),
    allow_msg_counter: config.allowMsgCounter,
    allow_atomic: config.allowAtomicPublish,
    allow_batched: config.allowBatched || undefined,
    allow_msg_schedules: config.allowMsgSchedules,
    compression: config.compression,
    persist_mode: config.persistMode === StreamPersistMode.ASYNC ? 'async' : undefined,
    first_seq: config.firstSequence,
    placement: config.placement,
    mirror: config.mirror && origin(config.mirror),
    sources: config.sources.length > 0 ? config.sources.map(origin) : undefined,
    subject_transform: config.subjectTransform && transform(config.subjectTransform),
    republish: config.republish && transform(config.republish),
    consumer_limits: config.consumerLimits && {
      inactive_threshold: nanoseconds(config.consumerLimits.inactiveThreshold), max_ack_pending: config.consumerLimits.maxAckPending,
    },
    metadata: config.metadata,
  };
}

function origin(said: StreamOriginConfig) {
  const { externalApiPrefix: api = '', externalDeliverPrefix: deliver = '', consumer } = said;
  return {
    name: said.name,
    filter_subject: said.filterSubject,
    opt_start_seq: said.startSequence,
    opt_start_time: said.startTime,
    external: api || deliver ? { api, deliver } : undefined,
    subject_transforms: said.subjectTransforms.map(transform),
    consumer: consumer && { name: consumer.name, deliver_subject: consumer.deliverSubject ?? '' },
  };
}

function transform({ source, destination }: SubjectTransformConfig) {
  return { src: source, dest: destination };
}

function nanoseconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.round(milliseconds * 1e6);
}
