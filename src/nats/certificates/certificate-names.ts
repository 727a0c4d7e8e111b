/** What the names of a cluster's servers are made of. */
export interface ClusterNames {
  /** Name of the cluster's StatefulSet and of its Service for clients. */
  readonly name: string;
  readonly namespace?: string;
  /** @default cluster.local */
  readonly clusterDomain?: string;
}

/** The names by which clients inside the Kubernetes cluster dial, one server of many or a certain one, and who forwards a port. */
export function clientNames(names: ClusterNames): string[] {
  return [...allForms(names.name, names), ...serverNames(names), 'localhost'];
}

/** The addresses of who forwards a port, or stands in the pod itself. */
export const LOCAL_ADDRESSES = ['127.0.0.1', '::1'];

/** The names by which servers dial each other: wildcards, so that another server needs no other certificate. */
export function serverNames(names: ClusterNames): string[] {
  return allForms(`*.${names.name}-headless`, names);
}

/** A wildcard stands for one label alone, and so needs each of the forms as well. */
function allForms(service: string, { namespace, clusterDomain = 'cluster.local' }: ClusterNames): string[] {
  if (!namespace) return [service];
  return [service, `${service}.${namespace}`, `${service}.${namespace}.svc`, `${service}.${namespace}.svc.${clusterDomain}`];
}

/** Whether a certificate with these DNS names is one for a host. */
export function isFor(dnsNames: string[], host: string): boolean {
  return dnsNames.some((name) => name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1)));
}
