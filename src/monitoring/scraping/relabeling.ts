import { escaped } from '../promql';

/** What a relabeling does. */
export enum NatsRelabelAction {
  REPLACE = 'replace',
  KEEP = 'keep',
  DROP = 'drop',
  HASHMOD = 'hashmod',
  LABELMAP = 'labelmap',
  LABELDROP = 'labeldrop',
  LABELKEEP = 'labelkeep',
  LOWERCASE = 'lowercase',
  UPPERCASE = 'uppercase',
  KEEPEQUAL = 'keepequal',
  DROPEQUAL = 'dropequal',
}

/** A rule by which Prometheus changes labels, or drops what it scrapes. */
export interface NatsRelabeling {
  /**
   * Labels whose values are joined and matched.
   * @default - none
   */
  readonly sourceLabels?: string[];
  /**
   * What stands between the values.
   * @default ;
   */
  readonly separator?: string;
  /**
   * What the values are matched with, from beginning to end.
   * @default (.*)
   */
  readonly regex?: string;
  /**
   * The label that is written.
   * @default - none
   */
  readonly targetLabel?: string;
  /**
   * What is written; `$1` stands for the first group of `regex`.
   * @default $1
   */
  readonly replacement?: string;
  /**
   * Modulus of the hash of the values, for `hashmod`.
   * @default - none
   */
  readonly modulus?: number;
  /**
   * What is done.
   * @default NatsRelabelAction.REPLACE
   */
  readonly action?: NatsRelabelAction;
}

/** All but the one limit that an alert reads. */
const OF_ACCOUNTZ = 'nats_accountz_((client|leafnode)_connections|subscriptions|is_system|expired|complete|jetstream_enabled|limit_(subs|data|payload|imports|exports|wildcards|leaf))';
const OF_JETSTREAM = 'nats_(server|account|stream|consumer)_.+';

/**
 * In operator mode series of JetStream call an account by its name, as people do; others by its public key, which then is in `account_id`, and those of limits have no
 * label `account` at all.
 */
export function accountNames(): NatsRelabeling[] {
  return [{ sourceLabels: ['__name__', 'account_name'], regex: 'nats_acc(?:oun|sta)tz_.+;(.+)', replacement: '$1', targetLabel: 'account' }];
}

/**
 * What keeps the number of series, and how often they change their names, low. Each election of a meta leader would rename every series of JetStream, and each restart of a server all of its series.
 *
 * @param clusterName the exporter's label `cluster` names the NATS cluster, and would take the place of the Kubernetes cluster that many installations write there
 * @param operator in operator mode two accounts may have one name, and are told apart by their keys
 */
export function metricDrops(clusterName: string, operator: boolean): NatsRelabeling[] {
  const labels = ['server_id', ...operator ? [] : ['account_id'], 'account_name', 'stream_leader', 'consumer_leader', 'stream_raft_group', 'consumer_desc', 'exported_cluster'];
  const blank = (label: string, metrics: string, value: string = '.*') => ({
    sourceLabels: ['__name__', label], regex: `${metrics};${value}`, targetLabel: label, replacement: '',
  });
  return [
    { sourceLabels: ['__name__'], regex: ['(go|process|promhttp)_.+', 'nats_subsz_.+', 'nats_varz_http_req_stats_.+', ...operator ? [OF_ACCOUNTZ] : []].join('|'), action: NatsRelabelAction.DROP },
    blank('cluster', OF_JETSTREAM, escaped(clusterName)),
    blank('meta_leader', 'nats_(account|stream|consumer)_.+'),
    blank('is_meta_leader', 'nats_(account|stream|consumer)_.+'),
    { regex: labels.join('|'), action: NatsRelabelAction.LABELDROP },
  ];
}
