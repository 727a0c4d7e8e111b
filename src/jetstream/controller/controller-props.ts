import { Duration } from 'cdk8s';
import { ContainerImage } from '../../core/container-image';
import { SecretKey } from '../../core/secret-key';
import { NatsClusterBase } from '../../nats/nats-cluster-base';
import { NatsPeer } from '../../nats/network/nats-peer';
import { BasicPodOptions } from '../../nats/pod/basic-pod-options';
import { ContainerResources } from '../../nats/pod/container-resources';
import { NatsClientCertificate } from '../../nats/tls/nats-client-certificate';
import { NatsTlsCa } from '../../nats/tls/nats-tls-ca';

/** Where the image of the controller comes from. */
export interface JetStreamControllerImages {
  /**
   * Registry of the image, if it names none itself.
   * @default - the container runtime's
   */
  readonly registry?: string;
  /**
   * Names of the Secrets with which the image is pulled.
   * @default - none
   */
  readonly pullSecrets?: string[];
  /**
   * The controller.
   * @default - natsio/jetstream-controller:0.23.0
   */
  readonly controller?: ContainerImage;
}

/** The pod of the controller. */
export interface JetStreamControllerPodOptions extends BasicPodOptions {
  /**
   * How long the pod may take to end, in whole seconds from 1; another time throws. The controller gives what it is doing 30 s.
   * @default Duration.seconds(35)
   */
  readonly terminationGracePeriod?: Duration;
}

/** A controller that makes streams, consumers and buckets, apart from the cluster to which it connects. */
export interface JetStreamControllerOptions {
  /**
   * Name of the Deployment, and of all that belongs to it: lower-case letters, digits and -, beginning and ending with a letter or digit, at most 63. Another name throws.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The one namespace whose custom resources it makes. NACK watches one namespace, or all: for several, make several controllers. Two that watch one namespace
   * fail the synth (JS-CONTROLLER-TWICE).
   * @default - the chart's
   */
  readonly watchNamespace?: string;
  /**
   * Whether it watches all namespaces, and may write their custom resources. Together with `watchNamespace` it throws.
   * @default false
   */
  readonly clusterWide?: boolean;
  /**
   * Whether it may read Secrets, which it does for each JetStreamAccount that has its credentials or certificates in one. It then reads all Secrets of the namespaces
   * that it watches, because it lists them: Kubernetes cannot narrow that to names. In all namespaces, this is guarded (JS-CONTROLLER-ALL-SECRETS).
   * @default - true if the app has a JetStreamAccount with a Secret in a namespace that it watches
   */
  readonly accountSecrets?: boolean;
  /**
   * As whom it connects for resources that name no account, which those of this library always do: a file of credentials (JWT and seed) in a Secret of the
   * controller's namespace. Give this or `nkey`, not both.
   *
   * A password or token cannot be given here: NACK takes them only inside a URL among its arguments. A JetStreamAccount has them in a Secret.
   * @default - none: without credentials
   */
  readonly credentials?: SecretKey;
  /**
   * As whom it connects for resources that name no account: the seed of an nkey, in a Secret of the controller's namespace.
   * @default - none
   */
  readonly nkey?: SecretKey;
  /**
   * The authorities by which it believes the servers for resources that name no account, or one without a CA. With a login, a CA of the cluster that is in another
   * namespace throws unless this is given.
   * @default - with `credentials` or `nkey` the CA of the cluster's `tls`; else those of the image
   */
  readonly ca?: NatsTlsCa;
  /**
   * The certificate that it shows for resources that name no account, or one without a certificate, in a Secret of the controller's namespace. Where the cluster's
   * servers verify no certificates it throws, and so does a login without it where they do.
   * @default - none
   */
  readonly certificate?: NatsClientCertificate;
  /**
   * Whether it begins all connections with the TLS handshake, whatever a resource says.
   * @default - with `credentials` or `nkey` as the cluster's `tls` says; else false
   */
  readonly handshakeFirst?: boolean;
  /**
   * Whether it only looks: resources become ready, but nothing in NATS is made, changed or deleted.
   * @default false
   */
  readonly readOnly?: boolean;
  /**
   * How often it compares each resource with the servers, makes anew, empty, what somebody else has deleted, and mends what somebody else has changed, but for what it never clears; each
   * time varies by a tenth. Less than a second throws.
   * @default Duration.minutes(1)
   */
  readonly syncInterval?: Duration;
  /**
   * How much it logs: a whole number from 0 to 10, where 0 is one line for each change and 4 and more are for finding bugs. Another number throws.
   * @default 0
   */
  readonly logVerbosity?: number;
  /**
   * Its CPU and memory. Four fifths of the memory limit become GOMEMLIMIT.
   * @default - 0.1 cores and 256 MiB, limited to 1 core and 256 MiB
   */
  readonly resources?: ContainerResources;
  /**
   * Its pod.
   * @default - see JetStreamControllerPodOptions
   */
  readonly pod?: JetStreamControllerPodOptions;
  /**
   * Its image.
   * @default - see JetStreamControllerImages
   */
  readonly images?: JetStreamControllerImages;
  /**
   * Who may scrape its metrics, over HTTP without authentication on port 8080. The probes come from the node, which needs no leave.
   * @default - nobody
   */
  readonly scrapers?: NatsPeer[];
  /**
   * Whether a NetworkPolicy closes its ports to all but `scrapers`. It leaves open whom the controller itself reaches: the servers, DNS, and an API server
   * whose address and port no label tells.
   * @default true
   */
  readonly networkPolicy?: boolean;
}

/** A controller that makes streams, consumers and buckets. */
export interface JetStreamControllerProps extends JetStreamControllerOptions {
  /** The cluster to which it connects for resources that name no other. Its NetworkPolicy lets the controller in by itself. */
  readonly cluster: NatsClusterBase;
}
