import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { CertificateAuthority, CertificateAuthorityProps } from '../certificates/certificate-authority';
import { CertificateIssuerBase } from '../certificates/certificate-issuer-base';
import { invalid } from '../core/mistake';
import { NatsTls, NatsTlsIssuedOptions } from '../nats/tls/nats-tls';

/** The certificates of a platform: TLS on every listener, by certificates that cert-manager makes. */
export interface NatsPlatformCertificates extends NatsTlsIssuedOptions {
  /**
   * The CA that the platform makes. Together with `issuer` it throws.
   * @default - named as the cluster and `-ca`, unless there is an `issuer`
   */
  readonly authority?: CertificateAuthorityProps;
  /**
   * Who signs in place of a CA of the platform, as a ClusterIssuer that exists already does.
   * @default - a CA of the platform
   */
  readonly issuer?: CertificateIssuerBase;
}

/** The layer of the certificates. */
export interface CertificatesLayer {
  readonly chart: Chart;
  /** Undefined where somebody else signs. */
  readonly authority?: CertificateAuthority;
  /** TLS of all listeners, with certificates in the chart. */
  readonly tls: NatsTls;
}

/** Makes the layer of the certificates for a cluster of this name. */
export function certificatesLayer(
  scope: Construct, { authority: props, issuer, ...options }: NatsPlatformCertificates, cluster: { name: string; namespace: string },
): CertificatesLayer {
  if (props && issuer) throw invalid(scope, { what: 'certificates.authority and certificates.issuer are both given', allowed: 'one of them', fix: 'leave out the one that does not sign' });
  const chart = new Chart(scope, 'certificates', { namespace: cluster.namespace });
  if (issuer) return { chart, tls: NatsTls.fromIssuer(issuer, { ...options, scope: chart }) };
  const authority = new CertificateAuthority(chart, 'authority', { name: `${cluster.name}-ca`, ...props });
  return { chart, authority, tls: NatsTls.fromAuthority(authority, { ...options, scope: chart }) };
}
