import { ApiObject } from 'cdk8s';
import { outermostChart } from '../../core/output/layer';
import { FluxHealthExpression } from '../health/health-expression';

const known: { [group: string]: () => FluxHealthExpression[] } = {
  'cert-manager.io': () => [FluxHealthExpression.certificates(), FluxHealthExpression.issuers()],
  'helm.toolkit.fluxcd.io': () => [FluxHealthExpression.helmReleases()],
  'jetstream.nats.io': () => [FluxHealthExpression.jetStream()],
};

/** By layer, when the custom resources among objects are healthy, where it is known: else Flux takes one for ready before its controller has seen it. */
export function knownHealth(objects: ApiObject[]): Map<string, FluxHealthExpression[]> {
  const groups = new Map<string, Set<string>>();
  for (const object of objects) {
    if (!known[object.apiGroup]) continue;
    const layer = outermostChart(object).node.id;
    groups.set(layer, (groups.get(layer) ?? new Set()).add(object.apiGroup));
  }
  return new Map([...groups].map(([layer, found]) => [layer, [...found].sort().flatMap((group) => known[group]())]));
}
