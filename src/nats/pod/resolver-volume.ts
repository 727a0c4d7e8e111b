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
