import { Construct } from 'constructs';
import { defaultWindow } from './duplicate-window';
import { StreamCompression, StreamConfig, StreamDiscard, StreamPersistMode, StreamRetention, StreamStorage } from './stream-config';
import { JetStreamStreamProps } from './stream-props';
import { resolveRepublish, resolveTransform } from './subject-transforms';
import { bytesOf } from '../../core/bytes';
import { fractionalMilliseconds } from '../../core/go-duration';
import { AccountAssets } from '../assets/account-assets';
import { JetStreamPlace } from '../rules/place';

/** A stream with its defaults. */
export function resolveStream(scope: Construct, props: JetStreamStreamProps, assets: AccountAssets): StreamConfig {
  const { place } = assets;
  const name = props.name ?? scope.node.id;
  const mirror = props.mirror?._resolve(scope, assets);
  const sources = (props.sources ?? []).map((source) => source._resolve(scope, assets));
  const maxAge = props.maxAge ? fractionalMilliseconds(props.maxAge) : 0;
  const duplicateWindow = props.duplicateWindow ? fractionalMilliseconds(props.duplicateWindow) : undefined;
  const { inactiveThreshold, maxAckPending } = props.consumerLimits ?? {};
  return {
    name,
    description: props.description,
    subjects: props.subjects ?? (mirror || sources.length > 0 ? [] : [name]),
    retention: props.retention ?? StreamRetention.LIMITS,
    storage: props.storage ?? defaultStorage(place),
    replicas: props.replicas ?? defaultReplicas(place),
    discard: props.discard ?? (props.discardPerSubject ? StreamDiscard.NEW : StreamDiscard.OLD),
    discardPerSubject: props.discardPerSubject ?? false,
    maxConsumers: props.maxConsumers,
    maxMsgs: props.maxMsgs,
    maxMsgsPerSubject: props.maxMsgsPerSubject,
    maxBytes: props.maxBytes && bytesOf(props.maxBytes),
    maxMsgSize: props.maxMsgSize && bytesOf(props.maxMsgSize),
    maxAge,
    duplicateWindow: duplicateWindow ?? defaultWindow({ maxAge, mirror, sources }, place),
    noAck: props.noAck ?? false,
    sealed: props.sealed ?? false,
    denyDelete: props.denyDelete ?? false,
    denyPurge: props.denyPurge ?? false,
    allowRollup: props.allowRollup ?? (props.subjectDeleteMarkerTtl !== undefined || props.allowMsgSchedules === true),
    allowDirect: props.allowDirect ?? true,
    mirrorDirect: props.mirrorDirect ?? props.mirror?._allowsDirect(assets) ?? false,
    allowMsgTtl: props.allowMsgTtl ?? props.subjectDeleteMarkerTtl !== undefined,
    subjectDeleteMarkerTtl: props.subjectDeleteMarkerTtl && fractionalMilliseconds(props.subjectDeleteMarkerTtl),
    allowMsgCounter: props.allowMsgCounter ?? false,
    allowAtomicPublish: props.allowAtomicPublish ?? false,
    allowBatched: props.allowBatched ?? false,
    allowMsgSchedules: props.allowMsgSchedules ?? false,
    compression: props.compression ?? StreamCompression.NONE,
    persistMode: props.persistMode ?? StreamPersistMode.DEFAULT,
    firstSequence: props.firstSequence,
    placement: props.placement,
    mirror,
    sources,
    subjectTransform: props.subjectTransform && resolveTransform(props.subjectTransform),
    republish: props.republish && resolveRepublish(props.republish),
    consumerLimits: props.consumerLimits && {
      inactiveThreshold: inactiveThreshold && fractionalMilliseconds(inactiveThreshold), maxAckPending,
    },
    metadata: props.metadata ?? {},
  };
}

/** Files, unless the servers have only a memory store. */
export function defaultStorage({ maxFileBytes, maxMemoryBytes }: JetStreamPlace): StreamStorage {
  return maxFileBytes === 0 && maxMemoryBytes ? StreamStorage.MEMORY : StreamStorage.FILE;
}

/** Three copies where there are three servers. */
export function defaultReplicas({ servers = 1, clustered = true }: JetStreamPlace): number {
  return clustered && servers >= 3 ? 3 : 1;
}
