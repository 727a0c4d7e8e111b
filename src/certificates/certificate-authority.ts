import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Certificate } from './certificate';
import { CertificateIssuer, DEFAULT_CLUSTER_RESOURCE_NAMESPACE } from './certificate-issuer';
import { CertificateNameConstraints } from './content/name-constraints';
import { CertificateKeyAlgorithm, CertificateKeyRotation } from './content/private-key';
import { CertificateSubject } from './content/subject';
import { CertificateUsage } from './content/usages';
import { CaIssuerOptions, IssuerType } from './issuing/issuer-type';
import { UNPRUNED } from '../core/pruning';
import { SecretKey } from '../core/secret-key';

/** A CA of one's own. */
export interface CertificateAuthorityProps {
  /**
   * Name of the CA's issuer and Certificate.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Whether the CA signs for all namespaces. Its Secret is then in `clusterResourceNamespace`, and its issuer a ClusterIssuer.
   * @default false
   */
  readonly clusterWide?: boolean;
  /**
   * Where cert-manager looks for the Secrets of ClusterIssuers: what its flag `--cluster-resource-namespace` says. It throws for a CA of one
   * namespace.
   * @default cert-manager
   */
  readonly clusterResourceNamespace?: string;
  /**
   * Name of the Secret with the CA's certificate and key.
   * @default - name of the CA, and `-key-pair`
   */
  readonly secretName?: string;
  /**
   * Common name, by which people know the CA. More than 64 bytes throw.
   * @default - name and namespace of the CA, with a dot between
   */
  readonly commonName?: string;
  /**
   * Other attributes of the subject.
   * @default - none
   */
  readonly subject?: CertificateSubject;
  /**
   * How long the CA's certificate lives. Less than an hour throws.
   * @default Duration.days(3650)
   */
  readonly duration?: Duration;
  /**
   * How long before its end the CA's certificate is renewed, with the same key. Certificates that the CA signs live no longer than this, so that none
   * outlives the CA that has signed it; one that does fails the synth.
   * @default - a year, or a third of `duration` if that is shorter
   */
  readonly renewBefore?: Duration;
  /**
   * Algorithm of the CA's key.
   * @default CertificateKeyAlgorithm.ECDSA
   */
  readonly keyAlgorithm?: CertificateKeyAlgorithm;
  /**
   * Bits of the CA's key; a size that the algorithm does not have throws.
   * @default - 256 for ECDSA, 2048 for RSA
   */
  readonly keySize?: number;
  /**
   * For which names the CA may sign.
   * @default - all
   */
  readonly nameConstraints?: CertificateNameConstraints;
  /**
   * What the CA writes into the certificates that it signs.
   * @default - nothing about revocation
   */
  readonly issuerOptions?: CaIssuerOptions;
}

const YEAR_SECONDS = 365 * 24 * 3600;

/**
 * A CA of one's own that survives its own renewal: an Issuer that signs itself, the CA's Certificate, and an issuer that signs with it.
 *
 * The key stays when the certificate is renewed, so that what the CA has signed before stays valid; it lives for ten years, has a subject,
 * and no extended usage that would restrict what it signs. Flux never prunes its Certificate and Secret: with the key goes all trust.
 * To replace the key is a task of its own: let clients trust the old and the new CA until all certificates are signed by the new one.
 *
 * @see https://cert-manager.io/docs/configuration/selfsigned/#bootstrapping-ca-issuers
 */
export class CertificateAuthority extends Construct {
  /** The issuer that signs with the CA. */
  public readonly issuer: CertificateIssuer;
  /** The issuer that signs the CA's own certificate, and nothing else. */
  public readonly selfSignedIssuer: CertificateIssuer;
  /** The CA's own certificate. */
  public readonly certificate: Certificate;
  /** Namespace of the CA's Secret; absent if the chart has none. */
  public readonly secretNamespace?: string;
  /** The CA's certificate alone: key `ca.crt` of its Secret. Clients need only this; the Secret itself holds the CA's private key. */
  public readonly caCertificate: SecretKey;

  constructor(scope: Construct, id: string, props: CertificateAuthorityProps = {}) {
    super(scope, id);
    const { name = id, clusterWide = false, clusterResourceNamespace } = props;
    const secretName = props.secretName ?? `${name}-key-pair`;
    this.secretNamespace = clusterWide ? clusterResourceNamespace ?? DEFAULT_CLUSTER_RESOURCE_NAMESPACE : Chart.of(this).namespace;
    const namespace = this.secretNamespace;
    this.selfSignedIssuer = new CertificateIssuer(this, 'self-signed', { name: `${name}-self-signed`, namespace, type: IssuerType.selfSigned() });
    this.certificate = new Certificate(this, 'certificate', {
      issuer: this.selfSignedIssuer,
      name,
      namespace,
      secretName,
      isCa: true,
      commonName: props.commonName ?? (namespace ? `${name}.${namespace}` : name),
      subject: props.subject,
      ...lifetime(props),
      usages: [CertificateUsage.CERT_SIGN, CertificateUsage.CRL_SIGN, CertificateUsage.DIGITAL_SIGNATURE],
      privateKey: {
        algorithm: props.keyAlgorithm ?? CertificateKeyAlgorithm.ECDSA,
        size: props.keySize,
        rotation: CertificateKeyRotation.NEVER,
      },
      nameConstraints: props.nameConstraints,
      annotations: UNPRUNED,
      secretTemplate: { annotations: UNPRUNED },
    });
    this.caCertificate = this.certificate.caCertificate;
    this.issuer = new CertificateIssuer(this, 'issuer', { name, clusterWide, clusterResourceNamespace, type: IssuerType.ca(secretName, props.issuerOptions) });
  }
}

function lifetime({ duration = Duration.days(3650), renewBefore }: CertificateAuthorityProps): { duration: Duration; renewBefore: Duration } {
  const third = Math.floor(duration.toSeconds({ integral: false }) / 3);
  return { duration, renewBefore: renewBefore ?? Duration.seconds(Math.min(YEAR_SECONDS, third)) };
}
