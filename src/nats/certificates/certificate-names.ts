import { isIP } from 'net';
import { AdvertisedAddresses, advertisedHosts } from '../network/advertise';
import { TlsListener } from '../tls/listener-tls';

/** What the names of a cluster's servers are made of. */
export interface ClusterNames {
  /** Name of the cluster's StatefulSet and of its Service for clients. */
  readonly name: string;
  readonly namespace?: string;
  /** @default cluster.local */
  readonly clusterDomain?: string;
}

/** The names by which clients inside the Kubernetes cluster dial, any of the servers or a certain one, and who forwards a port. */
export function clientNames(names: ClusterNames): string[] {
  return [...allForms(names.name, names), ...allForms(headless(names), names), ...serverNames(names), 'localhost'];
}

/** The addresses of who forwards a port, or stands in the pod itself. */
export const LOCAL_ADDRESSES = ['127.0.0.1', '::1'];

/** The names by which servers dial each other: wildcards, so that another server needs no other certificate. */
export function serverNames(names: ClusterNames): string[] {
  return allForms(`*.${headless(names)}`, names);
}

function headless({ name }: ClusterNames): string {
  return `${name}-headless`;
}

/** A wildcard stands for one label alone, and so needs each of the forms as well. */
function allForms(service: string, { namespace, clusterDomain = 'cluster.local' }: ClusterNames): string[] {
  if (!namespace) return [service];
  return [service, `${service}.${namespace}`, `${service}.${namespace}.svc`, `${service}.${namespace}.svc.${clusterDomain}`];
}

/** The addresses that servers advertise, by listener, and the pods that are meant by `$(POD_NAME)` in them. */
export interface OutsideNames {
  readonly addresses: AdvertisedAddresses;
  readonly podNames: string[];
}

/** The hosts that the servers advertise at a listener. */
export function outsideHosts({ addresses, podNames }: OutsideNames, listener: TlsListener): string[] {
  return advertisedHosts(addressAt(addresses, listener), podNames);
}

/** The same for a certificate of some listeners, with a wildcard for names that differ between the servers, so that another server needs no other certificate. */
export function outsideNames({ addresses, podNames }: OutsideNames, listeners: TlsListener[]): { dnsNames: string[]; ipAddresses: string[] } {
  const hosts = new Set(listeners.flatMap((listener) => {
    const address = addressAt(addresses, listener);
    return advertisedHosts(address, address?.startsWith('$(POD_NAME).') ? ['*'] : podNames);
  }));
  return { dnsNames: [...hosts].filter((host) => !isIP(host)), ipAddresses: [...hosts].filter((host) => isIP(host)) };
}

/** MQTT clients are told no address. */
function addressAt(addresses: AdvertisedAddresses, listener: TlsListener): string | undefined {
  return listener === 'mqtt' ? undefined : addresses[listener];
}

/** Whether a certificate with these names is one for a host. */
export function isFor({ dnsNames = [], ipAddresses = [] }: { dnsNames?: string[]; ipAddresses?: string[] }, host: string): boolean {
  if (isIP(host)) return ipAddresses.includes(host);
  return dnsNames.some((name) => name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1)));
}
