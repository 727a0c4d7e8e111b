import { Board } from './board';
import { graph, labelVariable, row } from './grafana';
import { of } from './queries';

const CHOSEN = 'account=~"$account"';

/** What each account does, and stores. */
export function accountsBoard(): Board {
  return { title: 'NATS / Accounts', variables: [labelVariable('account', 'Account', of('nats_accstatz_current_connections'), { all: true })], panels: [...clients(), ...stores()] };
}

function clients() {
  const legend = '{{account}}';
  const sum = (metric: string) => ({ expr: `sum by (account) (${of(`nats_accstatz_${metric}`, CHOSEN)})`, legend });
  const rate = (metric: string) => ({ expr: `sum by (account) (rate(${of(`nats_accstatz_${metric}`, CHOSEN)}[$__rate_interval]))`, legend });
  return [
    row('Clients'),
    graph('Connections', 'short', [sum('current_connections')]),
    graph('Subscriptions', 'short', [sum('subscriptions')]),
    graph('Leaf nodes', 'short', [sum('leaf_nodes')]),
    graph('Messages received', 'cps', [rate('received_messages')], { width: 6 }),
    graph('Messages sent', 'cps', [rate('sent_messages')], { width: 6 }),
    graph('Bytes received', 'Bps', [rate('received_bytes')], { width: 6 }),
    graph('Bytes sent', 'Bps', [rate('sent_bytes')], { width: 6 }),
    graph('Slow consumers', 'short', [{ expr: `sum by (account) (increase(${of('nats_accstatz_slow_consumers', CHOSEN)}[$__rate_interval]))`, legend }], { width: 24 }),
  ];
}

/** Each server tells what an account stores in the whole cluster, replicas included. */
function stores() {
  const used = (kind: string) => `max by (account) (${of(`nats_account_${kind}_used`, CHOSEN)})`;
  const share = (kind: string) => `${used(kind)} / (max by (account) (${of(`nats_account_max_${kind}`, CHOSEN)}) > 0 < 1e18)`;
  return [
    row('JetStream'),
    graph('Stored, replicas included', 'bytes', [
      { expr: used('storage'), legend: '{{account}} files' }, { expr: used('memory'), legend: '{{account}} memory' },
    ], { width: 12 }),
    graph('Of what may be stored', 'percentunit', [
      { expr: share('storage'), legend: '{{account}} files' }, { expr: share('memory'), legend: '{{account}} memory' },
    ], { width: 12, max: 1 }),
  ];
}
