import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { isOfFlux } from './api-versions';
import { foundOnce } from '../core/found-once';

/** What is found among the objects of an app, looked for anew only after constructs were added: cdk8s validates an app once for each of its charts. */
export function amongObjects<T>(root: IConstruct, find: (objects: ApiObject[]) => T): () => T {
  let constructs: IConstruct[] = [];
  return foundOnce(() => {
    constructs = root.node.findAll();
    return constructs.length;
  }, () => find(constructs.filter(ApiObject.isApiObject)));
}

/** The same among objects of Flux, whoever makes them. */
export function amongFluxObjects<T>(root: IConstruct, find: (objects: ApiObject[]) => T): () => T {
  return amongObjects(root, (objects) => find(objects.filter(isOfFlux)));
}
