import { accountsBoard } from './accounts';
import { Board } from './board';
import { Dashboard, datasourceVariable, labelVariable, placed } from './grafana';
import { jetStreamBoard } from './jetstream';
import { overviewBoard } from './overview';
import { streamsBoard } from './streams';
import { JetStreamDetail } from '../../nats/pod/exporter';
import { MonitoredCluster } from '../monitored-cluster';
import { LIVE_METRIC } from '../promql';

/** A dashboard for NATS clusters. */
export enum NatsDashboard {
  /** Servers, connections, traffic, and what fires. */
  OVERVIEW = 'overview',
  /** Stores, the meta group, leaders and replicas. */
  JETSTREAM = 'jetstream',
  /** Single streams and consumers. */
  STREAMS = 'streams',
  /** What each account does, and stores. */
  ACCOUNTS = 'accounts',
}

const boards: { [dashboard in NatsDashboard]: () => Board } = {
  [NatsDashboard.OVERVIEW]: overviewBoard,
  [NatsDashboard.JETSTREAM]: jetStreamBoard,
  [NatsDashboard.STREAMS]: streamsBoard,
  [NatsDashboard.ACCOUNTS]: accountsBoard,
};

/** The dashboards for which the exporters of a cluster tell enough. */
export function possibleDashboards({ exporter, state: { jetStream } }: MonitoredCluster): NatsDashboard[] {
  const streams = jetStream !== undefined && exporter.options.jetStreamDetail !== JetStreamDetail.ACCOUNTS;
  return [
    NatsDashboard.OVERVIEW,
    ...jetStream ? [NatsDashboard.JETSTREAM] : [],
    ...streams ? [NatsDashboard.STREAMS] : [],
    NatsDashboard.ACCOUNTS,
  ];
}

/** A dashboard that shows a cluster first, and others by choice. */
export function renderDashboard(dashboard: NatsDashboard, uid: string, job: string): Dashboard {
  const { title, variables, panels } = boards[dashboard]();
  return {
    uid,
    title,
    tags: ['nats'],
    // That of Grafana 11, which newer ones read too.
    schemaVersion: 39,
    editable: true,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-3h', to: 'now' },
    templating: { list: [datasourceVariable, labelVariable('cluster', 'Cluster', LIVE_METRIC, { current: job, labelName: 'job' }), ...variables] },
    annotations: { list: [] },
    panels: placed(panels),
  };
}
