import { withCrdDefaults } from './crd-defaults';
import { duration, limit } from './values';
import * as nack from '../../../imports/jetstream.nats.io';
import {
  StreamCompression, StreamConfig, StreamDiscard, StreamOriginConfig, StreamPersistMode, StreamRetention, StreamStorage,
} from '../stream/stream-config';

const YEAR = 365 * 24 * 3_600_000;

/** What NACK begins with, before it reads the resource. */
const template: StreamConfig = {
  name: '',
  subjects: [],
  retention: StreamRetention.LIMITS,
  storage: StreamStorage.FILE,
  replicas: 1,
  discard: StreamDiscard.OLD,
  discardPerSubject: false,
  maxAge: YEAR,
  noAck: false,
  sealed: false,
  denyDelete: false,
  denyPurge: false,
  allowRollup: false,
  allowDirect: false,
  mirrorDirect: false,
  allowMsgTtl: false,
  allowMsgCounter: false,
  allowAtomicPublish: false,
  allowBatched: false,
  allowMsgSchedules: false,
  compression: StreamCompression.NONE,
  persistMode: StreamPersistMode.DEFAULT,
  sources: [],
  metadata: {},
};

/** The stream that NACK asks the server for when a resource is new. */
export function streamToCreate(spec: nack.StreamSpec): StreamConfig {
  return merged(template, withCrdDefaults('Stream', spec));
}

/**
 * The stream that NACK asks the server for when a resource has changed: what the server has, with what the resource says. What the resource does not
 * say any more stays for most fields.
 * @see https://github.com/nats-io/nack/blob/v0.23.0/internal/controller/stream_controller.go
 */
export function streamToUpdate(current: StreamConfig, spec: nack.StreamSpec): StreamConfig {
  return merged(current, withCrdDefaults('Stream', spec));
}

function merged(base: StreamConfig, spec: nack.StreamSpec): StreamConfig {
  return {
    ...base,
    ...alwaysSaid(spec),
    retention: spec.retention as StreamRetention | undefined ?? base.retention,
    storage: spec.storage as StreamStorage | undefined ?? base.storage,
    discard: spec.discardPerSubject ? StreamDiscard.NEW : spec.discard as StreamDiscard | undefined ?? base.discard,
    compression: spec.compression as StreamCompression | undefined || base.compression,
    persistMode: spec.persistMode as StreamPersistMode | undefined || base.persistMode,
    maxMsgsPerSubject: limit(spec.maxMsgsPerSubject) ?? base.maxMsgsPerSubject,
    maxAge: duration(spec.maxAge) ?? base.maxAge,
    duplicateWindow: duration(spec.duplicateWindow) ?? base.duplicateWindow,
    subjectDeleteMarkerTtl: duration(spec.subjectDeleteMarkerTtl) ?? base.subjectDeleteMarkerTtl,
    firstSequence: limit(spec.firstSequence) ?? base.firstSequence,
    placement: placement(base.placement, spec.placement),
    mirror: spec.mirror ? origin(spec.mirror) : base.mirror,
    sources: spec.sources?.length ? spec.sources.map(origin) : base.sources,
    subjectTransform: spec.subjectTransform ? transform(spec.subjectTransform) : base.subjectTransform,
    republish: spec.republish ? { source: spec.republish.source ?? '', destination: spec.republish.destination ?? '' } : base.republish,
    consumerLimits: spec.consumerLimits
      ? { inactiveThreshold: duration(spec.consumerLimits.inactiveThreshold), maxAckPending: spec.consumerLimits.maxAckPending }
      : base.consumerLimits,
    ...switchedOn(base, spec),
  };
}

/** The fields that NACK sends each time, so that they follow the resource. */
function alwaysSaid(spec: nack.StreamSpec) {
  return {
    name: spec.name ?? '',
    description: spec.description || undefined,
    subjects: spec.subjects ?? [],
    maxConsumers: limit(spec.maxConsumers),
    maxMsgs: limit(spec.maxMsgs),
    maxBytes: limit(spec.maxBytes),
    maxMsgSize: limit(spec.maxMsgSize),
    replicas: spec.replicas ?? 1,
    metadata: spec.metadata ?? {},
    allowDirect: spec.allowDirect ?? false,
    allowRollup: spec.allowRollup ?? false,
    allowBatched: spec.allowBatched ?? false,
  };
}

/** Switches that NACK turns on, and never off. */
const switches = [
  'discardPerSubject', 'noAck', 'sealed', 'denyDelete', 'denyPurge', 'mirrorDirect', 'allowMsgTtl', 'allowMsgCounter', 'allowAtomicPublish', 'allowMsgSchedules',
] as const;

function switchedOn(base: StreamConfig, spec: nack.StreamSpec): Pick<StreamConfig, typeof switches[number]> {
  return Object.fromEntries(switches.map((name) => [name, spec[name] || base[name]])) as Pick<StreamConfig, typeof switches[number]>;
}

/** Without a placement NACK clears the cluster, and leaves the tags. */
function placement(base: StreamConfig['placement'], said: nack.StreamSpecPlacement | undefined): StreamConfig['placement'] {
  const cluster = said ? said.cluster || base?.cluster : undefined;
  const tags = said?.tags ?? base?.tags;
  return cluster || tags?.length ? { cluster, tags } : undefined;
}

/** The start of a mirror or source, which the L1 types of both share. */
export function origin(said: nack.StreamSpecMirror | nack.StreamSpecSources): StreamOriginConfig {
  return {
    name: said.name ?? '',
    startSequence: limit(said.optStartSeq),
    startTime: said.optStartTime || undefined,
    filterSubject: said.filterSubject || undefined,
    externalApiPrefix: said.externalApiPrefix || undefined,
    externalDeliverPrefix: said.externalDeliverPrefix || undefined,
    subjectTransforms: (said.subjectTransforms ?? []).map(transform),
    consumer: said.consumer?.name ? { name: said.consumer.name, deliverSubject: said.consumer.deliverSubject } : undefined,
  };
}

function transform({ source = '', dest = '' }: { source?: string; dest?: string }) {
  return { source, destination: dest };
}
