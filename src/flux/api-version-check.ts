import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { servedVersions } from './api-versions';
import { amongFluxObjects } from './app-objects';
import { FluxVersion, usedFluxVersion } from './flux-version';
import { Mistake } from '../core/mistake';
import { defineRule, RuleLevel } from '../core/rule';
import { checkTogetherAtSynth, PlacedMistake } from '../core/rules';

export const FLUX_API_VERSION = defineRule({
  id: 'FLUX-API-VERSION',
  level: RuleLevel.ERROR,
  statement: 'An object of Flux has an API version that the Flux in use serves.',
  source: 'The definitions of each release: https://github.com/fluxcd/flux2/releases; the API server refuses others with "no matches for kind".',
});

const checked = new WeakSet<object>();

/** Checks the API version of all objects of Flux in an app, whoever makes them. */
export function checkApiVersions(scope: Construct): void {
  const root = scope.node.root as Construct;
  if (checked.has(root)) return;
  checked.add(root);
  checkTogetherAtSynth(root, FLUX_API_VERSION, amongFluxObjects(root, (objects) => objects.flatMap(unserved)));
}

function unserved(object: ApiObject): PlacedMistake[] {
  const { apiVersion } = object.toJson();
  const flux = usedFluxVersion(object);
  const served = servedVersions(object.kind, flux);
  if (served.includes(apiVersion)) return [];
  const other = Object.values(FluxVersion).find((version) => servedVersions(object.kind, version).includes(apiVersion));
  const mistake: Mistake = {
    what: `the ${object.kind} '${object.name}' has apiVersion ${apiVersion}, which Flux ${flux} does not serve`,
    allowed: served.join(', ') || 'no objects of this kind',
    fix: other && `correct it, or if the cluster has Flux ${other}: Flux.use(app, FluxVersion.V${other.replace('.', '_')})`,
  };
  return [{ construct: object, mistake }];
}
