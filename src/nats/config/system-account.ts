import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../core/rule';
import { ClusterState } from '../cluster-state';
import { ConfBlock } from '../conf/conf-value';

export const SYSTEM_ACCOUNT = defineRule({
  id: 'NATS-GATEWAY-SYSTEM-ACCOUNT',
  level: RuleLevel.ERROR,
  statement: 'Servers with a gateway that also listen for leaf nodes have a system account.',
  source: 'nats-server: "leaf nodes and gateways (both being defined) require a system account to also be configured"',
});

/**
 * The system account where the server wants it said, unless it is said elsewhere: it is the one that the server has anyway, so that
 * who may log in, and where JetStream is, stays as it was.
 */
export function renderSystemAccount(scope: Construct, { gateway, listeners, extraConfig, auth }: ClusterState): ConfBlock {
  if (!gateway || !listeners.some(({ prop }) => prop === 'leafNodes')) return {};
  if (extraConfig.no_system_account === true) {
    throw SYSTEM_ACCOUNT.error(scope, { what: 'a gateway and leafNodes without a system account, which extraConfig.no_system_account forbids', fix: 'leave no_system_account out' });
  }
  if (auth.operator || auth.systemAccount) return {};
  return { system_account: '$SYS', accounts: { $SYS: {} } };
}
