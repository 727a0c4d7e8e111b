/**
 * The spec of a StatefulSet as the API server has it: what one leaves out, and another says as it is by default, does not change.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/stateful-set-v1/
 */
export function withDefaults(spec: any): any {
  const { updateStrategy = {}, volumeClaimTemplates, ...others } = spec;
  const { type = 'RollingUpdate', rollingUpdate } = updateStrategy;
  return {
    replicas: 1,
    minReadySeconds: 0,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    ...others,
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain', ...spec.persistentVolumeClaimRetentionPolicy },
    updateStrategy: type === 'RollingUpdate' ? { type, rollingUpdate: { partition: 0, ...rollingUpdate } } : { type },
    ...volumeClaimTemplates && { volumeClaimTemplates: volumeClaimTemplates.map(claimWithDefaults) },
  };
}

/** What the API server adds to a template of a claim says nothing of the claims. */
function claimWithDefaults({ metadata: { creationTimestamp, ...metadata }, spec }: any): any {
  return { metadata, spec: { volumeMode: 'Filesystem', ...spec } };
}
