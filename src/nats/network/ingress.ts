import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { NatsPeer } from './nats-peer';
import { DNS_SUBDOMAIN, isName } from '../../core/names';
import { defineRule, RuleLevel } from '../../core/rule';

export const INGRESS = defineRule({
  id: 'NATS-INGRESS',
  level: RuleLevel.ERROR,
  statement: 'An Ingress or HTTPRoute of the WebSocket listener has host names or Gateways and an absolute path, and says whose pods come through it where a NetworkPolicy closes the servers.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/; https://kubernetes.io/docs/concepts/services-networking/network-policies/',
});

/** How a path of an Ingress or an HTTPRoute is compared. */
export enum NatsPathType {
  EXACT = 'Exact',
  PREFIX = 'Prefix',
}

/**
 * An Ingress named `<name>-ws` that leads to the WebSocket listener.
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export interface NatsIngressOptions {
  /** Host names. An empty list throws. */
  readonly hosts: string[];
  /**
   * Class of the Ingress.
   * @default - the default of the Kubernetes cluster
   */
  readonly className?: string;
  /**
   * Name of the Secret with the certificate of the hosts.
   * @default - none: plain HTTP, which is guarded (NATS-WEB-SOCKET-PLAIN)
   */
  readonly tlsSecretName?: string;
  /**
   * Annotations, such as those by which a controller keeps idle connections open longer.
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
  /**
   * Path.
   * @default /
   */
  readonly path?: string;
  /**
   * How the path is compared.
   * @default NatsPathType.EXACT
   */
  readonly pathType?: NatsPathType;
  /**
   * The pods of the Ingress controller, such as `NatsPeer.namespace('ingress-nginx')`. Required unless the NetworkPolicy is off.
   * @default - nobody
   */
  readonly controllers?: NatsPeer[];
}

/** What an Ingress and an HTTPRoute have in common. */
interface WebRoute {
  readonly hosts: string[];
  readonly path?: string;
  readonly peers?: NatsPeer[];
}

/** Refuses hosts, paths and peers of an Ingress or HTTPRoute with which nobody would get through. */
export function checkWebRoute(scope: Construct, prop: string, { hosts, path = '/', peers }: WebRoute, { peersProp, hostsRequired, closed }: { peersProp: string; hostsRequired: boolean; closed: boolean }): void {
  const wrong = hosts.find((host) => !isName(host.replace(/^\*\./, ''), DNS_SUBDOMAIN));
  if (wrong !== undefined || (hostsRequired && hosts.length === 0)) {
    throw INGRESS.error(scope, { what: `${prop} has ${wrong === undefined ? 'no hosts' : `the host '${wrong}'`}`, allowed: 'host names such as ws.example.com' });
  }
  if (!path.startsWith('/')) throw INGRESS.error(scope, { what: `${prop}.path is '${path}'`, allowed: 'a path that begins with /' });
  if (closed && !peers?.length) {
    throw INGRESS.error(scope, {
      what: `${prop}.${peersProp} names nobody, and the NetworkPolicy admits nobody else`,
      fix: `give ${peersProp}: [NatsPeer.namespace('<namespace of their pods>')]`,
    });
  }
}

/** The spec of the Ingress. */
export function renderIngress({ hosts, className, tlsSecretName, path = '/', pathType = NatsPathType.EXACT }: NatsIngressOptions, serviceName: string): k8s.IngressSpec {
  return {
    ingressClassName: className,
    tls: tlsSecretName === undefined ? undefined : [{ hosts, secretName: tlsSecretName }],
    rules: hosts.map((host) => ({
      host, http: { paths: [{ path, pathType, backend: { service: { name: serviceName, port: { name: 'websocket' } } } }] },
    })),
  };
}
