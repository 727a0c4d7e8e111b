import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { isFluxKind } from './flux-kind';
import { amongFluxObjects } from '../app-objects';

/** Those of objects of Flux that report events. */
export function eventObjects(objects: ApiObject[]): ApiObject[] {
  return objects.filter(({ kind }) => isFluxKind(kind));
}

const namespacesOfApps = new WeakMap<IConstruct, () => string[]>();

/** The namespaces in which an app describes objects that report events. */
export function eventNamespaces({ node: { root } }: Construct): string[] {
  const namespaces = namespacesOfApps.get(root)
    ?? amongFluxObjects(root, (objects) => [...new Set(eventObjects(objects).flatMap(({ metadata }) => metadata.namespace ?? []))]);
  namespacesOfApps.set(root, namespaces);
  return namespaces();
}
