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

/** The variables that hold addresses that differ between the servers, by listener. */
const VARIABLES = {
  client: 'CLIENT_ADVERTISE',
  routes: 'CLUSTER_ADVERTISE',
  gateway: 'GATEWAY_ADVERTISE',
  leafNodes: 'LEAF_NODE_ADVERTISE',
  webSocket: 'WEB_SOCKET_ADVERTISE',
};

/** The listeners whose address servers advertise. */
export type AdvertisingListener = keyof typeof VARIABLES;

/** The addresses that servers advertise. */
export type AdvertisedAddresses = { readonly [listener in AdvertisingListener]?: string };

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

/** The hosts of an address, one for each of these pods where they differ; none where it is that of a node, which nobody knows before. */
export function advertisedHosts(address: string | undefined, podNames: string[]): string[] {
  if (address === undefined || address.includes('$(HOST_IP)')) return [];
  const host = address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return [...new Set(podNames.map((name) => host.replaceAll('$(POD_NAME)', name)))];
}

/** An address as a value of nats.conf: a variable where each server has its own. */
export function renderAdvertised(addresses: AdvertisedAddresses, listener: AdvertisingListener): ConfValue | undefined {
  const address = addresses[listener];
  return address?.includes('$(') ? NatsVariable.of(VARIABLES[listener]) : address;
}

/** The variables of addresses that differ between the servers. */
export function advertiseEnv(addresses: AdvertisedAddresses): k8s.EnvVar[] {
  const perServer = Object.entries(addresses).filter(([, address]) => address?.includes('$(')) as [AdvertisingListener, string][];
  const usesNode = perServer.some(([, address]) => address.includes('$(HOST_IP)'));
  return [
    ...usesNode ? [{ name: 'HOST_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } }] : [],
    ...perServer.map(([listener, address]) => ({ name: VARIABLES[listener], value: `'${address}'` })),
  ];
}
