import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { CertManagerRelease, CertManagerReleaseProps } from './cert-manager-release';
import { NatsPlatformAlerting, toldInSlack } from './platform-alerting';
import { certificatesLayer, NatsPlatformCertificates } from './platform-certificates';
import { deliveryLayer, NatsPlatformDelivery } from './platform-delivery';
import { monitoringLayer, NatsPlatformMonitoring } from './platform-monitoring';
import { PlatformNamespace } from './platform-namespace';
import { CertificateAuthority } from '../certificates/certificate-authority';
import { invalid } from '../core/mistake';
import { Rules } from '../core/rules';
import { SchemaCheck } from '../core/schema/schema-check';
import { FluxDelivery } from '../flux/delivery/flux-delivery';
import { FLUX_NAMESPACE } from '../flux/flux-object';
import { SlackAlerting } from '../flux/slack/slack-alerting';
import { JetStreamControllerOptions } from '../jetstream/controller/controller-props';
import { JetStreamController } from '../jetstream/jetstream-controller';
import { JetStreamCrds } from '../jetstream/jetstream-crds';
import { AUTH_NONE } from '../nats/auth/rules';
import { NatsCluster } from '../nats/nats-cluster';
import { NatsClusterProps } from '../nats/nats-cluster-props';

/** What Flux installs before a platform. */
export interface NatsPlatformPrerequisites {
  /**
   * cert-manager, by its Helm chart.
   * @default - it is there already
   */
  readonly certManager?: CertManagerReleaseProps;
}

/** A NATS platform: a cluster with all its props, and where it lives. */
export interface NatsPlatformProps extends NatsClusterProps {
  /**
   * Namespace of the cluster.
   * @default - the construct's id
   */
  readonly namespace?: string;
  /**
   * Whether the platform makes the namespace.
   * @default true
   */
  readonly createNamespace?: boolean;
  /**
   * Certificates for TLS on every listener, with monitoring over HTTPS. Together with `tls` it throws.
   * @default - none: TLS is what `tls` says
   */
  readonly certificates?: NatsPlatformCertificates;
  /**
   * A controller for streams, consumers and buckets, in the layer `jetstream` and the cluster's namespace. It pulls its image as the cluster pulls its own; with
   * `monitoring`, who scrapes the exporters may scrape it.
   * @default - none
   */
  readonly jetStreamController?: JetStreamControllerOptions;
  /**
   * Whether the platform makes the definitions of NACK's custom resources, in the layer `base`. A Kubernetes cluster has them once.
   * @default - true if it has a controller
   */
  readonly createJetStreamCrds?: boolean;
  /**
   * What the Kubernetes cluster must have, installed by Flux in the layer `prerequisites`, before the certificates.
   * @default - it is there already
   */
  readonly prerequisites?: NatsPlatformPrerequisites;
  /**
   * Slack messages about what Flux cannot deliver, in the layer `alerting`, which depends on `base` alone; and, in the layer `monitoring`, about alerts on the cluster. The
   * Secret is read in the namespaces of both.
   * @default - none
   */
  readonly alerting?: NatsPlatformAlerting;
  /**
   * How Flux picks up the layers, in the layer `flux`. It delivers all charts that the app has by then; `delivery.addLayer` delivers one that comes later.
   * @default - not by Flux
   */
  readonly delivery?: NatsPlatformDelivery;
  /**
   * Scraping of the exporters, alerts and dashboards, in the layer `monitoring`. Without an `exporter` it throws.
   * @default - none
   */
  readonly monitoring?: NatsPlatformMonitoring;
  /**
   * Whether this is a development environment, where a cluster without authentication is nothing to ask about.
   * @default false
   */
  readonly development?: boolean;
}

/**
 * A NATS platform in one construct: one chart for each layer that a GitOps tool applies in order. `base` has the namespace and the definitions of custom resources,
 * `prerequisites` Helm releases, `certificates` what cert-manager makes certificates of, `nats` the cluster, `jetstream` the controller, and whatever streams the app
 * adds to it; `monitoring` watches them, `alerting` tells of what goes wrong, and `flux` has the objects by which Flux delivers all others.
 *
 * Custom resources of the app are checked against their schemas, as `SchemaCheck.enable` does it.
 */
export class NatsPlatform extends Construct {
  /** The layer of what everything else needs. */
  public readonly base: Chart;
  /** The layer of the Helm releases, where asked. */
  public readonly prerequisites?: Chart;
  /** The layer of the certificates, where asked. */
  public readonly certificates?: Chart;
  /** The CA, where the platform makes one. Clients trust its `caCertificate`. */
  public readonly authority?: CertificateAuthority;
  /** The layer of the servers. */
  public readonly nats: Chart;
  /** The layer of the streams, consumers and buckets. */
  public readonly jetStream: Chart;
  /** The cluster. */
  public readonly cluster: NatsCluster;
  /** The controller, where asked. */
  public readonly jetStreamController?: JetStreamController;
  /** The layer of the Slack messages, where asked. */
  public readonly alerting?: Chart;
  /** The layer of Flux, where asked. */
  public readonly flux?: Chart;
  /** The delivery, where asked. */
  public readonly delivery?: FluxDelivery;
  /** The layer of scraping, alerts and dashboards, where asked. It needs nothing but `base`, so that it can tell of the others. */
  public readonly monitoring?: Chart;

  /**
   * @param scope the App; a chart, or a construct inside one, throws, because layers are applied one after the other
   */
  constructor(scope: Construct, id: string, props: NatsPlatformProps = {}) {
    super(scope, id);
    if (this.node.scopes.some(Chart.isChart)) {
      throw invalid(this, { what: 'a NatsPlatform stands inside a chart, but makes charts of its own', allowed: 'an App, or a construct of one', fix: 'new NatsPlatform(app, ...)' });
    }
    if (props.tls && props.certificates) {
      throw invalid(this, { what: 'tls and certificates are both given', allowed: 'one of them', fix: 'give options of TLS in certificates, and leave tls out' });
    }
    const { name = id, namespace = id, createNamespace = true, development = false, jetStreamController: controller, images = {} } = props;
    this.base = new Chart(this, 'base');
    if (createNamespace) new PlatformNamespace(this.base, 'namespace', namespace);
    if (props.createJetStreamCrds ?? controller) new JetStreamCrds(this.base, 'jetstream-crds');
    const certManager = props.prerequisites?.certManager;
    this.prerequisites = certManager && new Chart(this, 'prerequisites');
    if (this.prerequisites) new CertManagerRelease(this.prerequisites, 'cert-manager', certManager);
    const certificates = props.certificates && certificatesLayer(this, props.certificates, { name, namespace });
    this.certificates = certificates?.chart;
    this.authority = certificates?.authority;
    this.nats = new Chart(this, 'nats', { namespace });
    this.cluster = new NatsCluster(this.nats, 'cluster', { ...props, name, tls: certificates?.tls ?? props.tls });
    this.jetStream = new Chart(this, 'jetstream', { namespace });
    this.jetStreamController = controller && new JetStreamController(this.jetStream, 'controller', {
      name: `${this.cluster.serviceName}-controller`,
      cluster: this.cluster,
      scrapers: props.monitoring && props.exporter?.scrapers,
      ...controller,
      images: { registry: images.registry, pullSecrets: images.pullSecrets, ...controller.images },
    });
    const told = props.alerting && toldInSlack(this, props.alerting, props.monitoring !== undefined);
    const watched = { cluster: this.cluster, controller: this.jetStreamController };
    this.monitoring = props.monitoring && monitoringLayer(this, props.monitoring, watched, told?.alertmanager);
    this.alerting = told?.flux && new Chart(this, 'alerting', { namespace: props.delivery?.namespace ?? FLUX_NAMESPACE });
    if (this.alerting) new SlackAlerting(this.alerting, name, told!.flux!);
    const delivery = props.delivery && deliveryLayer(this, props.delivery);
    this.flux = delivery?.chart;
    this.delivery = delivery?.delivery;
    if (development) Rules.acknowledge(this.cluster, AUTH_NONE.id, 'a development environment');
    SchemaCheck.enable(this);
  }
}
