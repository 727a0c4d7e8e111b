import { Construct } from 'constructs';
import { OPERATOR_RESOLVER } from '../auth/operator-rules';
import { ResolverVolume } from '../auth/resolver';
import { ClusterState } from '../cluster-state';

/** The volume on which the servers keep the JWTs of accounts, where they keep them. */
export function resolverVolume({ auth }: ClusterState): ResolverVolume | undefined {
  return auth.operator?.resolver._volume;
}

/** Name of the volume, which is that of its claim. */
export function resolverVolumeName({ name }: ClusterState): string {
  return `${name}-resolver`;
}

/** Refuses a volume that would hide the other. */
export function checkResolverVolume(scope: Construct, state: ClusterState): void {
  const directory = resolverVolume(state)?.directory;
  if (directory === undefined || directory !== state.jetStream?.directory) return;
  throw OPERATOR_RESOLVER.error(scope, { what: `the resolver has the directory '${directory}', which is that of JetStream`, allowed: 'a directory of its own', fix: 'leave directory out' });
}
