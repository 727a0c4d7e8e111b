import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { isFluxKind } from './flux-kind';
import { isOfFlux } from '../api-versions';

/** The objects of an app that report events, whoever makes them. */
export function eventObjects(scope: Construct): ApiObject[] {
  return scope.node.root.node.findAll().filter(ApiObject.isApiObject).filter((object) => isFluxKind(object.kind) && isOfFlux(object));
}

/** The namespaces in which an app describes objects that report events, and another. */
export function eventNamespaces(scope: Construct, another: string): string[] {
  return [...new Set([another, ...eventObjects(scope).flatMap(({ metadata }) => metadata.namespace ?? [])])].sort();
}
