import { StreamConfig, StreamOriginConfig, StreamPersistMode, SubjectTransformConfig } from './stream-config';
import * as nack from '../../../imports/jetstream.nats.io';
import { goDuration } from '../../core/go-duration';
import { wire } from '../../core/wire';

/**
 * The part of a Stream's spec that says what the stream is. All that NACK would not take back when it leaves the program, and has a value for "nothing", is
 * always there; flags that are off are not, because that is what the API server puts in their place.
 */
export function renderStream(config: StreamConfig): nack.StreamSpec {
  return {
    name: config.name,
    description: config.description,
    subjects: config.subjects.length > 0 ? config.subjects : undefined,
    retention: wire(config.retention),
    storage: wire(config.storage),
    replicas: config.replicas,
    discard: wire(config.discard),
    discardPerSubject: ifOn(config.discardPerSubject),
    maxConsumers: config.maxConsumers,
    maxMsgs: config.maxMsgs,
    maxMsgsPerSubject: config.maxMsgsPerSubject,
    maxBytes: config.maxBytes,
    maxMsgSize: config.maxMsgSize,
    maxAge: goDuration(config.maxAge),
    duplicateWindow: time(config.duplicateWindow),
    noAck: ifOn(config.noAck),
    sealed: ifOn(config.sealed),
    denyDelete: ifOn(config.denyDelete),
    denyPurge: ifOn(config.denyPurge),
    allowRollup: ifOn(config.allowRollup),
    allowDirect: ifOn(config.allowDirect),
    mirrorDirect: ifOn(config.mirrorDirect),
    allowMsgTtl: ifOn(config.allowMsgTtl),
    subjectDeleteMarkerTtl: time(config.subjectDeleteMarkerTtl),
    allowMsgCounter: ifOn(config.allowMsgCounter),
    allowAtomicPublish: ifOn(config.allowAtomicPublish),
    allowBatched: ifOn(config.allowBatched),
    allowMsgSchedules: ifOn(config.allowMsgSchedules),
    compression: wire(config.compression),
    persistMode: config.persistMode === StreamPersistMode.DEFAULT ? undefined : config.persistMode,
    firstSequence: config.firstSequence,
    placement: config.placement,
    mirror: config.mirror && renderOrigin(config.mirror),
    sources: config.sources.length > 0 ? config.sources.map(renderOrigin) : undefined,
    subjectTransform: config.subjectTransform && renderTransform(config.subjectTransform),
    republish: config.republish,
    consumerLimits: config.consumerLimits && {
      inactiveThreshold: time(config.consumerLimits.inactiveThreshold), maxAckPending: config.consumerLimits.maxAckPending,
    },
    metadata: Object.keys(config.metadata).length > 0 ? { ...config.metadata } : undefined,
  };
}

/** An origin of a stream or of a bucket. */
export function renderOrigin(origin: StreamOriginConfig): nack.StreamSpecMirror {
  return {
    name: origin.name,
    optStartSeq: origin.startSequence,
    optStartTime: origin.startTime,
    filterSubject: origin.filterSubject,
    externalApiPrefix: origin.externalApiPrefix,
    externalDeliverPrefix: origin.externalDeliverPrefix,
    subjectTransforms: origin.subjectTransforms.length > 0 ? origin.subjectTransforms.map(renderTransform) : undefined,
    consumer: origin.consumer,
  };
}

/** What is off is left out: the API server puts it there. */
export function ifOn(flag: boolean): true | undefined {
  return flag || undefined;
}

export function time(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : goDuration(milliseconds);
}

function renderTransform({ source, destination }: SubjectTransformConfig): nack.StreamSpecSubjectTransform {
  return { source, dest: destination };
}
