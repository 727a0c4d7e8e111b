import { Construct } from 'constructs';
import { invalid } from '../core/mistake';
import { defineRule, RuleLevel } from '../core/rule';

export const FLUX_FEATURE = defineRule({
  id: 'FLUX-FEATURE',
  level: RuleLevel.ERROR,
  statement: 'What is asked of Flux is what its release knows: a field or value that came later is refused by the API server, or dropped.',
  source: 'The CRDs of each release: https://github.com/fluxcd/flux2/releases',
});

/**
 * A release of Flux whose API this library knows. All of them serve the same versions of all kinds but Alert and Provider, which are `v1` since 2.10.
 * @see https://fluxcd.io/flux/releases/
 */
export enum FluxVersion {
  V2_6 = '2.6',
  V2_7 = '2.7',
  V2_8 = '2.8',
  V2_9 = '2.9',
  V2_10 = '2.10',
}

const known = Object.values(FluxVersion);
const USED = 'cdk8s-nats:flux-version';
const ASKED = 'cdk8s-nats:flux-version-asked';

/** What Flux is in the cluster. */
export class Flux {
  /**
   * Says which release of Flux picks up what an app describes; a cluster has one. Without it, that is 2.9.
   *
   * An unknown release throws, and so does saying it after Flux objects were described below the scope: their API version is settled by then.
   *
   * @param scope the App, or a construct whose descendants go to one cluster
   * @param version the release
   */
  public static use(scope: Construct, version: FluxVersion): void {
    if (!known.includes(version)) {
      throw invalid(scope, { what: `Flux ${version} is not a release that this library knows`, allowed: known.join(', '), fix: 'use the nearest that is not newer' });
    }
    const early = scope.node.findAll().find(({ node }) => node.metadata.some(({ type, data }) => type === ASKED && data !== version));
    if (early) {
      throw invalid(scope, { what: `Flux.use comes after ${early.node.path} was described for Flux ${usedFluxVersion(early)}`, fix: 'call Flux.use before Flux objects are described' });
    }
    scope.node.addMetadata(USED, version);
  }

  private constructor() {}
}

/** The release of Flux for which a construct describes something. */
export function fluxVersionOf(scope: Construct): FluxVersion {
  const version = usedFluxVersion(scope);
  scope.node.addMetadata(ASKED, version);
  return version;
}

/** The release of Flux that was said for a construct so far. */
export function usedFluxVersion(scope: Construct): FluxVersion {
  const nearest = [...scope.node.scopes].reverse().flatMap(({ node }) => node.metadata.filter(({ type }) => type === USED).reverse());
  return nearest[0]?.data ?? FluxVersion.V2_9;
}

/** Whether a release has what came with another. */
export function isSince(version: FluxVersion, since: FluxVersion): boolean {
  return known.indexOf(version) >= known.indexOf(since);
}

/** What came with a release: the words of its prop and value, the release, and whether it is asked for. */
export type Feature = [what: string, since: FluxVersion, used: boolean];

/** Refuses what a release lacks. */
export function checkFeatures(scope: Construct, features: Feature[]): void {
  const version = fluxVersionOf(scope);
  for (const [what, since, used] of features) {
    if (!used || isSince(version, since)) continue;
    throw FLUX_FEATURE.error(scope, {
      what: `${what} came with Flux ${since}, but the cluster has ${version}`,
      fix: `leave it out, or if the cluster has Flux ${since}: Flux.use(app, FluxVersion.V${since.replace('.', '_')})`,
    });
  }
}
