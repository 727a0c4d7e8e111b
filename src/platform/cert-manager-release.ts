import { Construct } from 'constructs';
import { PlatformNamespace } from './platform-namespace';
import { FluxHelmRelease } from '../flux/helm/flux-helm-release';
import { FluxHelmChart } from '../flux/helm/helm-chart';
import { FluxOciRepository } from '../flux/source/flux-oci-repository';
import { FluxOciLayer } from '../flux/source/oci-layer';
import { FluxOciReference } from '../flux/source/oci-reference';

/** The release whose custom resources this library knows. */
const VERSION = 'v1.21.2';
const CHART = 'oci://quay.io/jetstack/charts/cert-manager';

/** cert-manager as Flux installs it. */
export interface CertManagerReleaseProps {
  /**
   * Version of the chart, which is that of cert-manager.
   * @default v1.21.2, whose custom resources this library knows
   */
  readonly version?: string;
  /**
   * Where the chart is, such as a mirror of it. What is no URL with oci:// throws.
   * @default oci://quay.io/jetstack/charts/cert-manager
   */
  readonly url?: string;
  /**
   * Namespace that is made for it, with Pod Security `restricted`. It is also where the Secrets of ClusterIssuers are.
   * @default cert-manager
   */
  readonly namespace?: string;
  /**
   * Values of the chart, besides its definitions of custom resources, which are always installed and stay when the release goes.
   * @default - the chart's own
   */
  readonly values?: { [name: string]: any };
}

/**
 * cert-manager, installed by Flux from its chart, in a namespace of its own.
 *
 * Certificates and issuers stand in a layer that waits for it: before its definitions and its webhook are there, Flux could not apply them.
 * @see https://cert-manager.io/docs/installation/continuous-deployment-and-gitops/
 */
export class CertManagerRelease extends Construct {
  /** The HelmRelease. */
  public readonly release: FluxHelmRelease;

  constructor(scope: Construct, id: string, props: CertManagerReleaseProps = {}) {
    super(scope, id);
    const { version = VERSION, url = CHART, namespace = 'cert-manager', values = {} } = props;
    new PlatformNamespace(this, 'namespace', namespace);
    const name = 'cert-manager';
    const chart = new FluxOciRepository(this, 'chart', { name, namespace, url, ref: FluxOciReference.tag(version), layer: FluxOciLayer.helmChart() });
    this.release = new FluxHelmRelease(this, 'release', {
      name, namespace, chart: FluxHelmChart.fromArtifact(chart), values: { ...values, crds: { keep: true, ...values.crds, enabled: true } },
    });
  }
}
