import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { ExistingFluxKustomization, FluxKustomizationBase } from './kustomization-base';
import { FluxKustomizationProps } from './kustomization-props';
import { renderKustomization } from './render-kustomization';
import * as kustomize from '../../../imports/kustomize.toolkit.fluxcd.io';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';
import { Dependencies, FluxDependencyOptions } from '../dependencies';
import { fluxResource, identityOf } from '../flux-object';
import { checkReference } from '../flux-reference';
import { fluxVersionOf } from '../flux-version';
import { FluxHealthExpression, withKnownHealth } from '../health/health-expression';
import { checkDirectory } from '../path';
import { ExistingFluxObjectOptions } from '../source/flux-source';

export const FLUX_FORCE = defineRule({
  id: 'FLUX-FORCE',
  level: RuleLevel.GUARDED,
  statement: 'Flux does not delete and make anew whatever object the API server refuses to change.',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#force: any 422 and 409 counts; deleting a StatefulSet may delete its volumes',
});

export const FLUX_REMOVED_FIELD = defineRule({
  id: 'FLUX-REMOVED-FIELD',
  level: RuleLevel.ERROR,
  statement: 'A Kustomization has no field validation: it was removed with v1beta1.',
  source: 'https://github.com/fluxcd/kustomize-controller/blob/main/CHANGELOG.md: all objects are validated by a server-side dry run',
});

/**
 * A directory of a source that Flux keeps applied.
 *
 * Unless it is told otherwise, it deletes what is no longer there, waits until all is healthy, and sets the cluster right once an hour. Mistakes that
 * Flux would report only in the cluster, or nowhere, are errors: a dependency on a HelmRelease, for which it would wait without end; checks that it would
 * ignore.
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export class FluxKustomization extends FluxKustomizationBase {
  /** A Kustomization that exists already. An invalid name or namespace throws. */
  public static fromKustomizationName(scope: Construct, id: string, name: string, options: ExistingFluxObjectOptions = {}): FluxKustomizationBase {
    return new ExistingFluxKustomization(scope, id, name, options);
  }

  public readonly kind: string = 'Kustomization';
  public readonly objectName: string;
  public readonly namespace: string;
  /** The Kustomization. */
  public readonly apiObject: ApiObject;
  private readonly dependencies: Dependencies;
  private knownHealth?: () => FluxHealthExpression[];

  constructor(scope: Construct, id: string, props: FluxKustomizationProps) {
    super(scope, id);
    ({ name: this.objectName, namespace: this.namespace } = identityOf(this, props));
    if ('validation' in props) {
      throw FLUX_REMOVED_FIELD.error(this, { what: `validation is '${props.validation}', which is no field any more`, fix: 'leave it out: the API server validates all objects before the first is applied' });
    }
    checkReference(this, 'source', props.source, ['GitRepository', 'OCIRepository', 'Bucket', 'ExternalArtifact'], 'a chart is installed by a FluxHelmRelease');
    if (props.path !== undefined) checkDirectory(this, 'path', props.path);
    const spec = renderKustomization(this, props);
    this.dependencies = new Dependencies(this, props.dependsOn);
    if (props.force) {
      checkAtSynth(this, FLUX_FORCE, () => [{
        what: 'force is true: what cannot be changed is deleted and made anew, StatefulSets too',
        allowed: 'the annotation kustomize.toolkit.fluxcd.io/force: Enabled on the objects that may be made anew',
      }]);
    }
    this.apiObject = fluxResource(this, this.kind, props, Lazy.any({
      produce: () => kustomize.toJson_KustomizationSpec({
        ...spec,
        healthCheckExprs: spec.wait ? withKnownHealth(spec.healthCheckExprs, this.knownHealth?.() ?? [], fluxVersionOf(this)) : spec.healthCheckExprs,
        dependsOn: this.dependencies.render(),
      }),
    }));
  }

  /** Waits for another Kustomization before this one is applied, as `dependsOn` does, or until an expression says so. The same one twice throws. */
  public addDependency(other: FluxKustomizationBase, options: FluxDependencyOptions = {}): void {
    this.dependencies.add(other, options);
  }

  /** @internal Waits for custom resources as is known of them, where nothing is given for their group. It is asked at the end, when all are described. */
  public _setKnownHealth(produce: () => FluxHealthExpression[]): void {
    this.knownHealth = produce;
  }
}
