import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { clientNames, ClusterNames, LOCAL_ADDRESSES, serverNames } from './certificate-names';
import { Certificate } from '../../certificates/certificate';
import { CertificateIssuerBase } from '../../certificates/certificate-issuer-base';
import { CertificateProps } from '../../certificates/certificate-props';
import { CertificateKeyAlgorithm } from '../../certificates/content/private-key';
import { CertificateUsage } from '../../certificates/content/usages';
import { isServerLink, TlsListener } from '../tls/listener-tls';
import { NatsTls, NatsTlsCertificateOptions } from '../tls/nats-tls';

/** The listeners that may have a certificate of their own. */
export enum NatsTlsListener {
  CLIENT = 'client',
  ROUTES = 'routes',
  GATEWAY = 'gateway',
  LEAF_NODES = 'leafNodes',
  WEB_SOCKET = 'webSocket',
  MQTT = 'mqtt',
}

/** What the certificates of a cluster have in common. */
export interface NatsCertificateOptions {
  /**
   * More names by which the servers are dialed, as from outside the Kubernetes cluster.
   * @default - none
   */
  readonly dnsNames?: string[];
  /**
   * More addresses by which the servers are dialed.
   * @default - none
   */
  readonly ipAddresses?: string[];
  /**
   * Whether the certificates have the names by which the servers are dialed inside the Kubernetes cluster, and `localhost`. A public CA signs none of them.
   * @default - true, unless an ACME server signs
   */
  readonly internalNames?: boolean;
  /**
   * How long the certificates live.
   * @default - cert-manager's: 90 days
   */
  readonly duration?: Duration;
  /**
   * How long before its end a certificate is renewed.
   * @default - a third of its life
   */
  readonly renewBefore?: Duration;
}

/** Certificates of a cluster. */
export interface NatsCertificatesProps extends NatsCertificateOptions {
  /** Name of the cluster: its construct's id, or its `name`. */
  readonly cluster: string;
  /** Who signs: the `issuer` of a CertificateAuthority, or another. */
  readonly issuer: CertificateIssuerBase;
  /**
   * Who signs the certificates of routes and gateways, so that no client can take itself for a server.
   * @default - `issuer`
   */
  readonly routesIssuer?: CertificateIssuerBase;
  /**
   * Domain of the Kubernetes cluster.
   * @default cluster.local
   */
  readonly clusterDomain?: string;
}

/** A certificate of a client. */
export interface NatsClientCertificateProps {
  /**
   * Common name. With `verifyAndMap`, the user is named `CN=` and this.
   * @default - the client's name
   */
  readonly commonName?: string;
  /**
   * DNS names; with `verifyAndMap`, a user may be named as one of them.
   * @default - none
   */
  readonly dnsNames?: string[];
  /**
   * Email addresses; with `verifyAndMap`, a user may be named as one of them.
   * @default - none
   */
  readonly emailAddresses?: string[];
  /**
   * Namespace of the Secret. Another than the issuer's needs a ClusterIssuer.
   * @default - the chart's
   */
  readonly namespace?: string;
  /**
   * Name of the Secret.
   * @default - name of the cluster, name of the client, and `client-tls`
   */
  readonly secretName?: string;
}

/**
 * The certificates of a NatsCluster's listeners, and of its clients, with the names and usages that each needs. `NatsTls.fromAuthority` makes them by itself;
 * this is for certificates in a chart of their own.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class NatsCertificates extends Construct {
  private readonly names: ClusterNames;

  constructor(scope: Construct, id: string, private readonly props: NatsCertificatesProps) {
    super(scope, id);
    this.names = { name: props.cluster, namespace: Chart.of(this).namespace, clusterDomain: props.clusterDomain };
  }

  /** TLS with one certificate for all listeners, `<cluster>-tls`; the same one whenever it is asked for. */
  public tls(options: NatsTlsCertificateOptions = {}): NatsTls {
    const { cluster, issuer } = this.props;
    // A public CA signs nothing for clients.
    const usages = signsInternalNames(issuer) ? BOTH : SERVER;
    return NatsTls.fromCertificate(this.certificate('server', `${cluster}-tls`, this.serverCertificate(issuer, clientNames(this.names), usages)), options);
  }

  /** TLS with a certificate for one listener, `<cluster>-<listener>-tls`; the same one whenever it is asked for. */
  public listenerTls(listener: NatsTlsListener, options: NatsTlsCertificateOptions = {}): NatsTls {
    const { cluster, issuer, routesIssuer = issuer } = this.props;
    const link = isServerLink(listener as TlsListener);
    const names = listener === NatsTlsListener.ROUTES ? serverNames(this.names) : clientNames(this.names);
    const usages = link || listener === NatsTlsListener.LEAF_NODES ? BOTH : SERVER;
    const name = `${cluster}-${listener.toLowerCase()}-tls`;
    return NatsTls.fromCertificate(this.certificate(listener, name, this.serverCertificate(link ? routesIssuer : issuer, names, usages)), options);
  }

  /**
   * A certificate for a client of this name, which it shows where the servers verify certificates. It mounts the Secret.
   *
   * @param name lower-case letters, digits and -; a name that is taken throws
   */
  public addClient(name: string, options: NatsClientCertificateProps = {}): Certificate {
    const { cluster, issuer, duration, renewBefore } = this.props;
    return new Certificate(this, `client-${name}`, {
      issuer,
      duration,
      renewBefore,
      commonName: name,
      usages: CLIENT,
      privateKey: KEY,
      ...options,
      secretName: options.secretName ?? `${cluster}-${name}-client-tls`,
      name: `${cluster}-${name}-client`,
    });
  }

  /** @internal Whether the issuer signs certificates whose Secrets are in a namespace. */
  public _signsIn(namespace: string | undefined): boolean {
    const { issuer } = this.props;
    return signsInternalNames(issuer) && (issuer.namespace === undefined || issuer.namespace === namespace);
  }

  private serverCertificate(issuer: CertificateIssuerBase, names: string[], usages: CertificateUsage[]): Omit<CertificateProps, 'name'> {
    const { duration, renewBefore, dnsNames = [], ipAddresses = [], internalNames = signsInternalNames(issuer) } = this.props;
    const local = internalNames && names.includes('localhost') ? LOCAL_ADDRESSES : [];
    const addresses = [...new Set([...local, ...ipAddresses])];
    return {
      issuer,
      duration,
      renewBefore,
      usages,
      privateKey: KEY,
      dnsNames: [...new Set([...internalNames ? names : [], ...dnsNames])],
      ipAddresses: addresses.length > 0 ? addresses : undefined,
    };
  }

  private certificate(id: string, name: string, props: Omit<CertificateProps, 'name'>): Certificate {
    return this.node.tryFindChild(id) as Certificate | undefined ?? new Certificate(this, id, { ...props, name });
  }
}

/** An ACME server proves each name, and cannot prove those inside the Kubernetes cluster. */
export function signsInternalNames(issuer: CertificateIssuerBase): boolean {
  return issuer._facts.acmeSolvers === undefined;
}

const KEY = { algorithm: CertificateKeyAlgorithm.ECDSA };
const BASIC = [CertificateUsage.DIGITAL_SIGNATURE, CertificateUsage.KEY_ENCIPHERMENT];
const SERVER = [...BASIC, CertificateUsage.SERVER_AUTH];
const CLIENT = [...BASIC, CertificateUsage.CLIENT_AUTH];
/** Servers are clients of each other. */
const BOTH = [...BASIC, CertificateUsage.SERVER_AUTH, CertificateUsage.CLIENT_AUTH];
