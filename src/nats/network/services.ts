import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Listener } from './ports';

/** Options of the Service that clients dial. */
export interface NatsServiceOptions {
  /**
   * Annotations of the Service.
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
  /**
   * Labels besides those that all objects of the cluster have.
   * @default - none
   */
  readonly labels?: { [label: string]: string };
}

/** The Service that clients dial: only servers that are ready, and nothing but the client port. */
export function renderClientService(listeners: Listener[], podLabels: { [label: string]: string }): k8s.ServiceSpec {
  return { ports: listeners.filter(({ name }) => name === 'nats').map(servicePort), selector: podLabels };
}

/**
 * The Service that gives each server its DNS name. It names servers that are not ready too: they find each other before
 * JetStream, and with it readiness, can come up.
 */
export function renderHeadlessService(listeners: Listener[], podLabels: { [label: string]: string }): k8s.ServiceSpec {
  return {
    clusterIp: 'None',
    ports: listeners.filter(({ name }) => name !== 'prom-metrics').map(servicePort),
    publishNotReadyAddresses: true,
    selector: podLabels,
  };
}

function servicePort({ name, port, appProtocol }: Listener): k8s.ServicePort {
  return { name, port, appProtocol, targetPort: k8s.IntOrString.fromString(name) };
}
