import { AlertContext, AlertRule, NatsAlertSeverity } from './alert-rule';
import { AlertName } from './names';
import { volumeSelector } from './pods';

const { CRITICAL, WARNING } = NatsAlertSeverity;

/** Files, memory, volumes, and what accounts may store. */
export function storageAlerts(context: AlertContext): AlertRule[] {
  const { state: { jetStream } } = context;
  return [
    ...jetStream!.maxFileBytes > 0 ? files(context) : [],
    ...jetStream!.maxMemoryBytes > 0 ? memory(context) : [],
    ...limitedAccounts(context) ? accounts(context) : [],
    ...jetStream!.volume ? volumes(context, jetStream!.volume.claimName) : [],
  ];
}

function files({ of, live, thresholds }: AlertContext): AlertRule[] {
  const max = `(${of('nats_varz_jetstream_config_max_storage')} > 0)`;
  const used = of('nats_varz_jetstream_stats_storage');
  const high = (severity: NatsAlertSeverity, share: number, after: string): AlertRule => ({
    alert: 'NatsStorageHigh',
    severity,
    expr: `${used} / ${max} > ${share} ${live}`,
    for: after,
    summary: 'NATS server {{ $labels.pod }} has used {{ $value | humanizePercentage }} of its file storage',
    description: 'When max_file_store is reached on a majority of the servers, all replicated streams lose their leaders, and purging is refused: free or add storage before.',
  });
  return [
    high(WARNING, thresholds.storage, '10m'),
    high(CRITICAL, thresholds.storageCritical, '5m'),
    {
      alert: 'NatsStorageFillingUp',
      severity: WARNING,
      expr: `predict_linear(${used}[6h], 86400) > ${max} ${live}`,
      for: '1h',
      summary: 'NATS server {{ $labels.pod }} runs out of file storage within a day',
      description: 'If storage grows on as in the last six hours, it is {{ $value | humanize1024 }}B tomorrow, which is more than max_file_store.',
    },
    {
      alert: 'NatsStorageOverReserved',
      severity: WARNING,
      expr: `${of('nats_varz_jetstream_stats_reserved_storage')} / ${max} > ${thresholds.reservedStorage} ${live}`,
      for: '1h',
      summary: 'Streams have reserved {{ $value | humanizePercentage }} of the file storage of {{ $labels.pod }}',
      description: 'A new stream with maxBytes is refused when there is no room for it.',
    },
  ];
}

function memory({ of, live, thresholds }: AlertContext): AlertRule[] {
  return [{
    alert: 'NatsMemoryStoreHigh',
    severity: WARNING,
    expr: `${of('nats_varz_jetstream_stats_memory')} / (${of('nats_varz_jetstream_config_max_memory')} > 0) > ${thresholds.memoryStore} ${live}`,
    for: '10m',
    summary: 'NATS server {{ $labels.pod }} has used {{ $value | humanizePercentage }} of its memory storage',
    description: 'Streams in memory take no more messages when max_memory_store is reached.',
  }];
}

/** In operator mode the accounts are not known here. */
function limitedAccounts({ state: { auth } }: AlertContext): boolean {
  return auth.operator !== undefined || [...auth.accounts.values()].some(({ _jetStream: { maxStorage, maxMemory } }) => maxStorage ?? maxMemory);
}

/** What an account uses is told by each server for the whole cluster, replicas included; 1e18 and more stands for no limit. */
function accounts({ of, thresholds }: AlertContext): AlertRule[] {
  const high = (alert: AlertName, kind: 'storage' | 'memory'): AlertRule => ({
    alert,
    severity: WARNING,
    expr: `max by (job, account) (${of(`nats_account_${kind}_used`)}) / on (job, account) (max by (job, account) (${of(`nats_account_max_${kind}`)}) > 0 < 1e18) > ${thresholds.accountStorage}`,
    for: '10m',
    summary: `Account {{ $labels.account }} has used {{ $value | humanizePercentage }} of its ${kind}`,
    description: 'Its publishers are refused when all is used. Replicas count.',
  });
  return [high('NatsAccountStorageHigh', 'storage'), high('NatsAccountMemoryHigh', 'memory')];
}

function volumes(context: AlertContext, claimName: string): AlertRule[] {
  const { thresholds: { volume, volumeCritical } } = context;
  const selector = volumeSelector(context, claimName);
  const levels = [[WARNING, volume], [CRITICAL, volumeCritical]] as const;
  const filling = (alert: AlertName, used: string, capacity: string, what: string) => levels.map(([severity, share]): AlertRule => ({
    alert,
    severity,
    expr: `kubelet_volume_stats_${used}${selector} / kubelet_volume_stats_${capacity}${selector} > ${share}`,
    for: '10m',
    summary: `Volume {{ $labels.persistentvolumeclaim }} has used {{ $value | humanizePercentage }} of its ${what}`,
    description: 'A server that cannot write keeps its streams in error until it is restarted, even when there is room again.',
  }));
  return [
    ...filling('NatsVolumeFilling', 'used_bytes', 'capacity_bytes', 'space'),
    ...filling('NatsVolumeInodesFilling', 'inodes_used', 'inodes', 'inodes'),
  ];
}
