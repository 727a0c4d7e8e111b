import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { NACK_GROUP } from '../nack/crd-defaults';

/** What NACK watches in the mode that compares again and again; each controller of its starts with listing its kind, and fails without leave. */
const RESOURCES = ['accounts', 'consumers', 'keyvalues', 'objectstores', 'streams'];

/**
 * What NACK does in Kubernetes: it reads its resources, writes a finalizer and an annotation to each, and their status; with accounts, it reads Secrets. It makes and
 * deletes nothing, records no events, and holds no lease.
 *
 * @see https://github.com/nats-io/nack/tree/v0.23.0/internal/controller
 */
export function controllerRules({ secrets }: { secrets: boolean }): k8s.PolicyRule[] {
  return [
    { apiGroups: [NACK_GROUP], resources: RESOURCES, verbs: ['get', 'list', 'watch', 'update'] },
    { apiGroups: [NACK_GROUP], resources: RESOURCES.flatMap((resource) => [`${resource}/finalizers`, `${resource}/status`]), verbs: ['update'] },
    ...secrets ? [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] }] : [],
  ];
}
