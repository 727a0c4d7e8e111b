import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { isFluxKind } from './flux-kind';

/** Whether an object is one of Flux that reports events; other groups have kinds of the same names. */
export function reportsEvents(object: ApiObject): boolean {
  return isFluxKind(object.kind) && /\.(toolkit|extensions)\.fluxcd\.io$/.test(object.apiGroup);
}

/** The objects of an app that report events, whoever makes them. */
export function eventObjects(scope: Construct): ApiObject[] {
  return scope.node.root.node.findAll().filter(ApiObject.isApiObject).filter(reportsEvents);
}

/** The namespaces in which an app describes objects that report events, and another. */
export function eventNamespaces(scope: Construct, another: string): string[] {
  return [...new Set([another, ...eventObjects(scope).flatMap(({ metadata }) => metadata.namespace ?? [])])].sort();
}
