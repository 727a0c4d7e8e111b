import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';

/** The user nats of the nats-box image; the other images of a cluster run as any user. */
export const DEFAULT_USER_ID = 1000;

/**
 * What Pod Security `restricted` asks of a pod. All containers run as one user: the reloader signals the server, and volumes belong to it.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function restrictedPod(userId: number): k8s.PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: userId,
    runAsGroup: userId,
    fsGroup: userId,
    // The kubelet changes the owner of a large volume only when it has to.
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** What it asks of a container, and a root file system that nothing writes to. */
export const RESTRICTED_CONTAINER: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};
