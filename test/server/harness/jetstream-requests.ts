import { ApiRequest } from './jetstream-api';
import * as nack from '../../../imports/jetstream.nats.io';
import { millisecondsOfGo } from '../../../src/core/go-duration';
import { withCrdDefaults } from '../../../src/jetstream/nack/crd-defaults';

const YEAR = 365 * 24 * 3_600_000;

/**
 * What NACK 0.23 in control-loop mode sends for a new stream, read from its sources: its own defaults, what it leaves out, and the JSON that its
 * client writes.
 * @see https://github.com/nats-io/nack/blob/v0.23.0/internal/controller/stream_controller.go
 */
export function createStream(said: nack.StreamSpec): ApiRequest {
  const spec = withCrdDefaults('Stream', said);
  const name = spec.name ?? '';
  const body = {
    name,
    description: spec.description || undefined,
    subjects: ifAny(spec.subjects),
    retention: spec.retention,
    max_consumers: spec.maxConsumers,
    max_msgs_per_subject: spec.maxMsgsPerSubject! > 0 ? spec.maxMsgsPerSubject : -1,
    max_msgs: spec.maxMsgs,
    max_bytes: spec.maxBytes,
    max_age: nanoseconds(spec.maxAge) ?? YEAR * 1e6,
    max_msg_size: spec.maxMsgSize || undefined,
    storage: spec.storage,
    discard: spec.discardPerSubject ? 'new' : spec.discard,
    num_replicas: spec.replicas,
    no_ack: spec.noAck || undefined,
    duplicate_window: nanoseconds(spec.duplicateWindow) || undefined,
    placement: placement(spec.placement),
    mirror: spec.mirror && origin(spec.mirror),
    sources: ifAny(spec.sources?.map(origin)),
    compression: spec.compression === 's2' ? 's2' : undefined,
    subject_transform: spec.subjectTransform && transform(spec.subjectTransform),
    republish: spec.republish && { src: spec.republish.source || undefined, dest: spec.republish.destination ?? '' },
    sealed: spec.sealed,
    deny_delete: spec.denyDelete,
    deny_purge: spec.denyPurge,
    allow_rollup_hdrs: spec.allowRollup,
    allow_direct: spec.allowDirect,
    mirror_direct: spec.mirrorDirect,
    discard_new_per_subject: spec.discardPerSubject || undefined,
    first_seq: spec.firstSequence! > 0 ? spec.firstSequence : undefined,
    metadata: spec.metadata && Object.keys(spec.metadata).length > 0 ? spec.metadata : undefined,
    allow_msg_ttl: spec.allowMsgTtl || undefined,
    subject_delete_marker_ttl: nanoseconds(spec.subjectDeleteMarkerTtl) || undefined,
    consumer_limits: {
      inactive_threshold: nanoseconds(spec.consumerLimits?.inactiveThreshold) || undefined,
      max_ack_pending: spec.consumerLimits?.maxAckPending || undefined,
    },
    allow_atomic: spec.allowAtomicPublish || undefined,
    allow_msg_counter: spec.allowMsgCounter || undefined,
    allow_msg_schedules: spec.allowMsgSchedules || undefined,
    persist_mode: spec.persistMode === 'async' ? 'async' : undefined,
    allow_batched: spec.allowBatched || undefined,
    pedantic: true,
  };
  return { subject: `$JS.API.STREAM.CREATE.${isToken(name) ? name : 'unsendable'}`, body };
}

export function deleteStream(name: string): ApiRequest {
  return { subject: `$JS.API.STREAM.DELETE.${name}`, body: {} };
}

/** A name that is no token cannot even be asked for; the server then compares it with that in the subject. */
function isToken(name: string): boolean {
  return name !== '' && !/[\t\n\f\r .]/.test(name);
}

function origin(said: nack.StreamSpecMirror | nack.StreamSpecSources) {
  const external = said.externalApiPrefix || said.externalDeliverPrefix;
  return {
    name: said.name ?? '',
    opt_start_seq: said.optStartSeq! > 0 ? said.optStartSeq : undefined,
    opt_start_time: said.optStartTime || undefined,
    filter_subject: said.filterSubject || undefined,
    external: external ? { api: said.externalApiPrefix ?? '', deliver: said.externalDeliverPrefix ?? '' } : undefined,
    subject_transforms: ifAny(said.subjectTransforms?.map(transform)),
    consumer: said.consumer?.name ? { name: said.consumer.name, deliver_subject: said.consumer.deliverSubject ?? '' } : undefined,
  };
}

function transform({ source = '', dest = '' }: { source?: string; dest?: string }) {
  return { src: source, dest };
}

function placement(said: nack.StreamSpecPlacement | undefined) {
  if (!said?.cluster && !said?.tags) return undefined;
  return { cluster: said.cluster || undefined, tags: ifAny(said.tags) };
}

function ifAny<T>(list: T[] | undefined): T[] | undefined {
  return list && list.length > 0 ? list : undefined;
}

function nanoseconds(text: string | undefined): number | undefined {
  return text ? Math.round(millisecondsOfGo(text)! * 1e6) : undefined;
}
