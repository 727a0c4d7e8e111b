import { AlertContext, AlertRule, DeclaredSeries, NatsAlertSeverity, onlyIf } from './alert-rule';

/** How many clients an account may have, where the program says it. */
export const ACCOUNT_CONNECTIONS = 'nats:account_max_connections:declared';

/** The accounts of the app that limit their clients. */
export function declaredAccounts({ job, state: { auth } }: AlertContext): DeclaredSeries[] {
  return [...auth.accounts.values()].flatMap(({ accountName, _limits: { maxConnections = 0 } = {} }) =>
    maxConnections > 0 ? [{ record: ACCOUNT_CONNECTIONS, value: maxConnections, labels: { job, account: accountName } }] : []);
}

/** Accounts that limit their clients: in the program, or, in operator mode, in JWTs that the servers alone know. */
export function accountAlerts(context: AlertContext): AlertRule[] {
  const { of, exporter, thresholds } = context;
  const limit = exporter.accountLimits ? `(max by (job, account) (${of('nats_accountz_limit_conn')}) > 0)` : of(ACCOUNT_CONNECTIONS);
  return onlyIf(exporter.accountLimits || declaredAccounts(context).length > 0, {
    alert: 'NatsAccountConnectionsHigh',
    severity: NatsAlertSeverity.WARNING,
    // The limit is one for all servers, and each tells its own connections.
    expr: `sum by (job, account) (${of('nats_accstatz_current_connections')}) / on (job, account) ${limit} > ${thresholds.connections}`,
    for: '5m',
    summary: 'Account {{ $labels.account }} has {{ $value | humanizePercentage }} of its connections',
    description: 'Its clients are refused when all are taken, and no metric tells of those.',
  });
}
