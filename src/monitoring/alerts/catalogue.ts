import { accountAlerts, declaredAccounts } from './accounts';
import { AlertContext, AlertRule, DeclaredSeries, NatsAlertGroup } from './alert-rule';
import { ConsumerThresholds } from './consumer-thresholds';
import { consumerAlerts } from './consumers';
import { declaredConsumers, declaredStreams } from './declared';
import { certificateAlerts, controllerAlerts, fluxAlerts, watchedObjects } from './delivery';
import { jetStreamAlerts } from './jetstream';
import { networkAlerts } from './network';
import { podAlerts } from './pods';
import { serverAlerts } from './servers';
import { storageAlerts } from './storage';
import { streamAlerts } from './streams';
import { JetStreamDetail } from '../../nats/pod/exporter';

/** The alerts of a group, and the facts that they compare with. */
export interface GroupOfAlerts {
  readonly group: NatsAlertGroup;
  readonly declared: DeclaredSeries[];
  readonly alerts: AlertRule[];
}

const DETAILS = Object.values(JetStreamDetail);

/** All alerts that concern a cluster, as far as the app describes it by now. */
export function catalogue(context: AlertContext, groups: readonly NatsAlertGroup[], consumers: ConsumerThresholds): GroupOfAlerts[] {
  const { exporter, state: { jetStream } } = context;
  const { jetStreamDetail = JetStreamDetail.ALL } = exporter.options;
  const tells = (detail: JetStreamDetail) => jetStream !== undefined && DETAILS.indexOf(jetStreamDetail) >= DETAILS.indexOf(detail);
  const watched = watchedObjects(context);
  const streams = tells(JetStreamDetail.STREAMS);
  const consumed = tells(JetStreamDetail.ALL) ? declaredConsumers(context, consumers) : [];
  const all: GroupOfAlerts[] = [
    { group: NatsAlertGroup.SERVERS, declared: declaredAccounts(context), alerts: [...serverAlerts(context), ...accountAlerts(context)] },
    { group: NatsAlertGroup.NETWORK, declared: [], alerts: networkAlerts(context) },
    { group: NatsAlertGroup.JETSTREAM, declared: [], alerts: jetStream ? jetStreamAlerts(context) : [] },
    { group: NatsAlertGroup.STORAGE, declared: [], alerts: jetStream ? storageAlerts(context) : [] },
    { group: NatsAlertGroup.STREAMS, declared: streams ? declaredStreams(context) : [], alerts: streams ? streamAlerts(context) : [] },
    { group: NatsAlertGroup.CONSUMERS, declared: consumed, alerts: consumed.length > 0 ? consumerAlerts(context) : [] },
    { group: NatsAlertGroup.PODS, declared: [], alerts: podAlerts(context) },
    { group: NatsAlertGroup.CERTIFICATES, declared: [], alerts: certificateAlerts(context, watched.certificates) },
    { group: NatsAlertGroup.CONTROLLER, declared: [], alerts: controllerAlerts(context, watched) },
    { group: NatsAlertGroup.FLUX, declared: [], alerts: fluxAlerts(watched.flux) },
  ];
  return all.filter(({ group }) => groups.includes(group));
}
