import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { invalid } from '../core/mistake';
import { FluxDelivery, FluxDeliveryOptions } from '../flux/delivery/flux-delivery';
import { FluxLayerOptions } from '../flux/delivery/layer-options';
import { FLUX_NAMESPACE } from '../flux/flux-object';
import { FluxGitRepository, FluxGitRepositoryProps } from '../flux/source/flux-git-repository';
import { FluxOciRepository, FluxOciRepositoryProps } from '../flux/source/flux-oci-repository';
import { FluxSource } from '../flux/source/flux-source';

/** How Flux picks a platform up: from the Git repository that `flux bootstrap` knows, unless another source is given. */
export interface NatsPlatformDelivery extends FluxDeliveryOptions {
  /**
   * The Git repository with the output of the synth. With `oci` it throws.
   * @default - the GitRepository `flux-system`, which `flux bootstrap` makes
   */
  readonly git?: FluxGitRepositoryProps;
  /**
   * The registry's artifact with the output of the synth. With `git` it throws.
   * @default - none: the output is in Git
   */
  readonly oci?: FluxOciRepositoryProps;
  /**
   * Namespace of Flux, in which the Kustomizations are.
   * @default flux-system
   */
  readonly namespace?: string;
}

/** Layers that only need the namespaces, so that they can report of all others. */
const REPORTING = ['monitoring', 'alerting'];

/** Makes the layer `flux`, which delivers all other layers of the app. */
export function deliveryLayer(scope: Construct, props: NatsPlatformDelivery): { chart: Chart; delivery: FluxDelivery } {
  const { git, oci, namespace = FLUX_NAMESPACE, layers, ...options } = props;
  if (git && oci) throw invalid(scope, { what: 'delivery.git and delivery.oci are both given', allowed: 'one of them', fix: 'leave out the one that does not hold the output' });
  const reporting = REPORTING.filter((layer) => scope.node.children.some(({ node }) => node.id === layer));
  const ofReporting: [string, FluxLayerOptions][] = reporting.map((layer) => [layer, { dependsOn: ['base'], ...layers?.[layer] }]);
  const chart = new Chart(scope, 'flux', { namespace });
  const delivery = new FluxDelivery(chart, scope.node.id, {
    ...options, source: sourceOf(chart, git, oci), layers: { ...layers, ...Object.fromEntries(ofReporting) },
  });
  return { chart, delivery };
}

function sourceOf(chart: Chart, git: FluxGitRepositoryProps | undefined, oci: FluxOciRepositoryProps | undefined): FluxSource {
  if (oci) return new FluxOciRepository(chart, 'source', oci);
  return git ? new FluxGitRepository(chart, 'source', git) : FluxGitRepository.fromGitRepositoryName(chart, 'source', FLUX_NAMESPACE);
}
