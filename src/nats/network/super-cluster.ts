import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';

export const SUPER_CLUSTER_NAMES = defineRule({
  id: 'NATS-SUPER-CLUSTER-NAMES',
  level: RuleLevel.ERROR,
  statement: 'In a super cluster each cluster and each server has a name of its own.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/gateways; a gateway to a cluster of the own name is never made',
});

/** A cluster among others that are connected by gateways. */
export interface SuperClusterMember {
  /** Where it stands in the program. */
  readonly path: string;
  readonly clusterName: string;
  readonly serverNames: string[];
  /** Those to which it is connected. */
  readonly neighbours: Set<SuperClusterMember>;
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

function membersOf(start: SuperClusterMember): SuperClusterMember[] {
  const found = new Set([start]);
  for (const member of found) for (const neighbour of member.neighbours) found.add(neighbour);
  return [...found];
}

function shared(members: SuperClusterMember[], namesOf: (member: SuperClusterMember) => string[]): [name: string, paths: string[]][] {
  const paths = new Map<string, string[]>();
  for (const member of members) {
    for (const name of namesOf(member)) paths.set(name, [...paths.get(name) ?? [], member.path]);
  }
  return [...paths].filter(([, found]) => found.length > 1);
}
