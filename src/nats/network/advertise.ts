import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../core/rule';
import { ConfValue } from '../conf/conf-value';
import { NatsVariable } from '../conf/nats-variable';

export const ADVERTISE_INVALID = defineRule({
  id: 'NATS-ADVERTISE',
  level: RuleLevel.ERROR,
  statement: 'An address that servers advertise is a host and a port; of the pod it may hold $(POD_NAME) and $(HOST_IP).',
  source: 'nats-server ends at its start with another (measured)',
});

/** The addresses that servers advertise, by the variable that holds one that differs between the servers. */
export interface AdvertisedAddresses {
  readonly CLIENT_ADVERTISE?: string;
  readonly CLUSTER_ADVERTISE?: string;
  readonly GATEWAY_ADVERTISE?: string;
  readonly LEAF_NODE_ADVERTISE?: string;
  readonly WEB_SOCKET_ADVERTISE?: string;
}

const ADDRESS = /^(\[[0-9A-Fa-f:]+\]|([\w.-]|\$\((POD_NAME|HOST_IP)\))+)(:\d{1,5})?$/;

/** Refuses an address that the server would refuse. */
export function checkAdvertised(scope: Construct, prop: string, address: string | undefined): void {
  if (address === undefined || (ADDRESS.test(address) && Number(/:(\d+)$/.exec(address)?.[1] ?? 1) <= 65535)) return;
  throw ADVERTISE_INVALID.error(scope, {
    what: `${prop} is '${address}'`,
    allowed: 'a host and a port; $(POD_NAME) and $(HOST_IP) stand for the name of the pod and the address of its node',
    fix: 'write nats.example.com:<port>, or $(POD_NAME).nats.example.com:<port> for an address of each server',
  });
}

/** An address as a value of nats.conf: a variable where each server has its own. */
export function renderAdvertised(addresses: AdvertisedAddresses, variable: keyof AdvertisedAddresses): ConfValue | undefined {
  const address = addresses[variable];
  return address?.includes('$(') ? NatsVariable.of(variable) : address;
}

/** The variables of addresses that differ between the servers. */
export function advertiseEnv(addresses: AdvertisedAddresses): k8s.EnvVar[] {
  const perServer = Object.entries(addresses).filter(([, address]) => address?.includes('$('));
  const usesNode = perServer.some(([, address]) => address.includes('$(HOST_IP)'));
  return [
    ...usesNode ? [{ name: 'HOST_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } }] : [],
    ...perServer.map(([name, address]) => ({ name, value: `'${address}'` })),
  ];
}
