import * as prometheus from '../../../imports/monitoring.coreos.com';
import { wire } from '../../core/wire';
import { NatsAlertSeverity } from '../alerts/alert-rule';
import { AlertName } from '../alerts/names';

type InhibitRule = prometheus.AlertmanagerConfigSpecInhibitRules;

/** What follows from the loss of one server; alone it fired six families of alerts. */
const OF_ONE_SERVER: AlertName[] = [
  'NatsServersMissing', 'NatsPeersMissing', 'NatsServerUnhealthy', 'NatsNoFaultTolerance', 'NatsStreamReplicaMissing', 'NatsStreamReplicaLagging', 'NatsStatefulSetNotReady',
  'NatsPdbBlocked', 'NatsLeafNodesMissing', 'NatsGatewayInboundMissing',
];

/** What follows besides when too many are lost. */
const OF_ALL_SERVERS: AlertName[] = [
  ...OF_ONE_SERVER, 'NatsServerDown', 'NatsMetaLeaderMissing', 'NatsMetaUnknownOnServer', 'NatsMetaLeaderFlapping', 'NatsStreamNoLeader', 'NatsStreamAbsent', 'NatsConsumerNoLeader',
  'NatsConsumerAbsent', 'NatsConsumerStuck', 'NatsConsumerAckStalled', 'NatsMirrorStalled', 'NatsSourceStalled', 'NackResourceNotReady', 'NackReconcileErrors', 'NatsExporterDown',
];

/** Whatever tells one alert from another of its name. */
const IDENTITY = [
  'alertname', 'namespace', 'nats_cluster', 'pod', 'account', 'stream_name', 'consumer_name', 'persistentvolumeclaim', 'name', 'exported_namespace',
];

/** A cause keeps what follows from it quiet, and what is critical the warning before it. */
export function inhibitRules(): InhibitRule[] {
  return [
    follows(['NatsServerDown', 'NatsExporterDown'], OF_ONE_SERVER),
    follows(['NatsQuorumLost', 'NatsAllServersDown', 'NatsTargetsAbsent'], OF_ALL_SERVERS),
    {
      sourceMatch: [{ name: 'severity', value: NatsAlertSeverity.CRITICAL, matchType: wire('=') }],
      targetMatch: [{ name: 'severity', value: NatsAlertSeverity.WARNING, matchType: wire('=') }],
      equal: IDENTITY,
    },
  ];
}

function follows(causes: AlertName[], consequences: AlertName[]): InhibitRule {
  return {
    sourceMatch: [{ name: 'alertname', value: causes.join('|'), matchType: wire('=~') }],
    targetMatch: [{ name: 'alertname', value: consequences.join('|'), matchType: wire('=~') }],
    equal: ['namespace', 'nats_cluster'],
  };
}
