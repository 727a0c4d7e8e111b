import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { isBelieved, MountedFile, rootOf } from '../certificates/signers';

export const SUPER_CLUSTER_NAMES = defineRule({
  id: 'NATS-SUPER-CLUSTER-NAMES',
  level: RuleLevel.ERROR,
  statement: 'In a super cluster each cluster and each server has a name of its own.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/gateways; a gateway to a cluster of the own name is never made',
});

export const SUPER_CLUSTER_TLS = defineRule({
  id: 'NATS-SUPER-CLUSTER-TLS',
  level: RuleLevel.ERROR,
  statement: 'Gateways that lead to each other all speak TLS, or none does, and each believes the certificates of the other.',
  source: 'nats-server: a gateway speaks TLS exactly where its own block says it, and verifies whoever comes; otherwise the connection is never made (measured)',
});

/** What a gateway shows, and what it believes others by. */
export interface GatewayTls {
  readonly certificate: MountedFile;
  readonly ca: MountedFile;
}

/** A cluster among others that are connected by gateways. */
export interface SuperClusterMember {
  /** Where it stands in the program. */
  readonly path: string;
  readonly clusterName: string;
  readonly serverNames: string[];
  /** Undefined where its gateway speaks in clear. */
  readonly tls?: GatewayTls;
  /** Those to which it is connected, and TLS that it has for one of them alone. */
  readonly neighbours: Map<SuperClusterMember, { readonly tls?: GatewayTls }>;
}

/** Names that two members of the super cluster have; told once, by the first of them. */
export function sharedNames(member: SuperClusterMember): Mistake[] {
  const members = membersOf(member).sort((a, b) => a.path < b.path ? -1 : 1);
  if (members[0] !== member) return [];
  const clusters = shared(members, ({ clusterName }) => [clusterName]).map(([name, paths]) => ({
    what: `clusters of one super cluster are all named '${name}': ${paths.join(', ')}`, allowed: 'a name of its own for each cluster', fix: 'give clusterName',
  }));
  const servers = shared(members, ({ serverNames }) => serverNames).map(([name, paths]) => ({
    what: `servers of one super cluster are all named '${name}': in ${paths.join(', ')}`, allowed: 'a name of its own for each server', fix: 'give serverNamePrefix',
  }));
  return [...clusters, ...servers];
}

/** Neighbours that do not speak TLS as this one does, or do not believe what this one shows where it connects to them, or the reverse. */
export function tlsFindings({ path, tls, neighbours }: SuperClusterMember): Mistake[] {
  if (!tls) return [];
  return [...neighbours].flatMap(([neighbour, { tls: ownTls }]): Mistake[] => {
    if (!neighbour.tls) return [{ what: `the gateway of ${path} speaks TLS, and that of ${neighbour.path} does not`, allowed: 'TLS on both, or on none', fix: 'give the other gateway.tls' }];
    return [
      ...disbelief(path, (ownTls ?? tls).certificate, neighbour.path, neighbour.tls.ca),
      // Without TLS for it alone, the neighbour finds this where it connects to this one.
      ...ownTls ? disbelief(neighbour.path, neighbour.tls.certificate, path, ownTls.ca) : [],
    ];
  });
}

function disbelief(showing: string, certificate: MountedFile, believing: string, ca: MountedFile): Mistake[] {
  return isBelieved(certificate, ca) !== false ? [] : [{
    what: `the gateway of ${showing} shows a certificate that ${rootOf(certificate)} has signed, and that of ${believing} believes ${rootOf(ca)}`,
    allowed: 'certificates that each believes of the other',
    fix: 'let one authority sign both, or give both a ca with both authorities, such as NatsTlsCa.fromConfigMap of a TrustBundle',
  }];
}

function membersOf(start: SuperClusterMember): SuperClusterMember[] {
  const found = new Set([start]);
  for (const member of found) for (const neighbour of member.neighbours.keys()) found.add(neighbour);
  return [...found];
}

function shared(members: SuperClusterMember[], namesOf: (member: SuperClusterMember) => string[]): [name: string, paths: string[]][] {
  const paths = new Map<string, string[]>();
  for (const member of members) {
    for (const name of namesOf(member)) paths.set(name, [...paths.get(name) ?? [], member.path]);
  }
  return [...paths].filter(([, found]) => found.length > 1);
}
