/** All alerts that there are; docs/runbooks.md has a part for each. */
export const ALERT_NAMES = [
  'NatsServerDown', 'NatsExporterDown', 'NatsServersMissing', 'NatsQuorumLost', 'NatsAllServersDown', 'NatsTargetsAbsent', 'NatsServerUnhealthy', 'NatsServerStarted',
  'NatsSlowConsumers', 'NatsSlowRouteOrGateway', 'NatsSlowConsumersByAccount', 'NatsStalledProducers', 'NatsConnectionsHigh', 'NatsAccountConnectionsHigh', 'NatsCpuHigh', 'NatsVersionSkew',
  'NatsConfigReloadIncomplete',
  'NatsPeersMissing', 'NatsGatewayMissing', 'NatsGatewayInboundMissing', 'NatsLeafNodesMissing',
  'NatsJetStreamDisabled', 'NatsNoFaultTolerance', 'NatsMetaLeaderMissing', 'NatsMetaLeaderAmbiguous', 'NatsMetaUnknownOnServer', 'NatsMetaLeaderFlapping', 'NatsMetaPeerDrift',
  'NatsMetaBacklog', 'NatsApiErrors', 'NatsHaAssetsHigh',
  'NatsStorageHigh', 'NatsStorageFillingUp', 'NatsStorageOverReserved', 'NatsMemoryStoreHigh', 'NatsAccountStorageHigh', 'NatsAccountMemoryHigh', 'NatsVolumeFilling',
  'NatsVolumeInodesFilling',
  'NatsStreamAbsent', 'NatsStreamNoLeader', 'NatsStreamReplicaMissing', 'NatsStreamReplicaLagging', 'NatsMirrorStalled', 'NatsMirrorLagging', 'NatsSourceStalled',
  'NatsSourceLagging', 'NatsStreamNearByteLimit', 'NatsStreamNearMessageLimit',
  'NatsConsumerAbsent', 'NatsConsumerNoLeader', 'NatsConsumerPendingHigh', 'NatsConsumerPendingGrowing', 'NatsConsumerStuck', 'NatsConsumerNoPullers', 'NatsConsumerAckStalled',
  'NatsConsumerAckPendingNearMax', 'NatsConsumerRedelivering',
  'NatsPodRestarting', 'NatsOomKilled', 'NatsMemoryNearLimit', 'NatsCpuThrottled', 'NatsStatefulSetNotReady', 'NatsPdbBlocked',
  'NatsCertExpiring', 'NatsCertNotReady', 'NatsCertRenewalOverdue',
  'NackResourceNotReady', 'NackReconcileErrors',
  'FluxNotReady',
] as const;

/** The name of an alert of the catalogue. */
export type AlertName = typeof ALERT_NAMES[number];
