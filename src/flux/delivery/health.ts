import { LayerObject } from './layer';
import { FluxHealthExpression } from '../health/health-expression';

const known: { [group: string]: () => FluxHealthExpression[] } = {
  'cert-manager.io': () => [FluxHealthExpression.certificates(), FluxHealthExpression.issuers()],
  'helm.toolkit.fluxcd.io': () => [FluxHealthExpression.helmReleases()],
  'jetstream.nats.io': () => [FluxHealthExpression.jetStream()],
};

/** When the custom resources among objects are healthy, where it is known: else Flux takes one for ready before its controller has seen it. */
export function knownHealth(objects: LayerObject[]): FluxHealthExpression[] {
  const groups = new Set(objects.map(({ object: { apiGroup } }) => apiGroup).filter((group) => known[group]));
  return [...groups].sort().flatMap((group) => known[group]());
}
