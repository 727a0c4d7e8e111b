import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { addWatchedResource } from './controller/watches';
import { NACK_GROUP } from './nack/crd-defaults';
import { resourceName } from './resource-name';
import { kubeObject } from '../core/kube-object';

type Kind = 'Stream' | 'Consumer' | 'KeyValue' | 'ObjectStore' | 'Account';

/**
 * A resource of NACK, which a controller has to make.
 *
 * @param names what it describes, in whose names the object is named unless it is given a name
 * @param readsSecrets whether the controller reads Secrets for it
 */
export function jetStreamResource(
  scope: Construct, kind: Kind, { names, name, spec, readsSecrets }: { names: string[]; name?: string; spec: unknown; readsSecrets?: boolean },
): ApiObject {
  addWatchedResource(scope, Chart.of(scope).namespace, { readsSecrets });
  return kubeObject(scope, 'Resource', { apiVersion: `${NACK_GROUP}/v1beta2`, kind, metadata: { name: name ?? resourceName(...names) }, spec });
}
