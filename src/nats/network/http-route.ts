import { Construct } from 'constructs';
import { INGRESS, NatsPathType } from './ingress';
import { NatsPeer } from './nats-peer';
import { DNS_LABEL, DNS_SUBDOMAIN, isName } from '../../core/names';

/** A Gateway to which a route belongs. */
export interface NatsParentGateway {
  /** Name of the Gateway. One that Kubernetes does not allow throws, and so does such a namespace or port. */
  readonly name: string;
  /**
   * Its namespace.
   * @default - that of the cluster
   */
  readonly namespace?: string;
  /**
   * Listener of the Gateway, which ends TLS.
   * @default - all that take the route
   */
  readonly sectionName?: string;
  /**
   * Port of the Gateway's listeners.
   * @default - all
   */
  readonly port?: number;
}

/**
 * An HTTPRoute named `<name>-ws` that leads to the WebSocket listener. The Gateway ends TLS; nothing here sees whether it does.
 *
 * Its kind is `gateway.networking.k8s.io/v1`. The schema of the Gateway API is not among those that `SchemaCheck` knows, so that a patch of it is not checked.
 * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
 */
export interface NatsHttpRouteOptions {
  /** The Gateways to which the route belongs. An empty list throws. */
  readonly parents: NatsParentGateway[];
  /**
   * Host names.
   * @default - those of the Gateways' listeners
   */
  readonly hostnames?: string[];
  /**
   * Annotations.
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
   * The pods of the Gateways, such as `NatsPeer.namespace('envoy-gateway-system')`. Required unless the NetworkPolicy is off.
   * @default - nobody
   */
  readonly gateways?: NatsPeer[];
}

/** Refuses Gateways that cannot be, and a route that belongs to none. */
export function checkParents(scope: Construct, parents: NatsParentGateway[]): void {
  const refuse = (what: string, allowed: string) => { throw INGRESS.error(scope, { what, allowed }); };
  if (parents.length === 0) refuse('webSocket.httpRoute.parents is empty', 'at least one Gateway');
  for (const { name, namespace, sectionName, port } of parents) {
    for (const text of [name, sectionName]) {
      if (text !== undefined && !isName(text, DNS_SUBDOMAIN)) refuse(`webSocket.httpRoute.parents has '${text}'`, DNS_SUBDOMAIN.words);
    }
    if (namespace !== undefined && !isName(namespace, DNS_LABEL)) refuse(`webSocket.httpRoute.parents has the namespace '${namespace}'`, DNS_LABEL.words);
    if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65535)) refuse(`webSocket.httpRoute.parents has the port ${port}`, 'a whole number from 1 to 65535');
  }
}

/** The spec of the HTTPRoute. */
export function renderHttpRoute({ parents, hostnames, path = '/', pathType = NatsPathType.EXACT }: NatsHttpRouteOptions, service: { name: string; port: number }) {
  return {
    parentRefs: parents.map(({ name, namespace, sectionName, port }) => ({ name, namespace, sectionName, port })),
    hostnames,
    rules: [{
      matches: [{ path: { type: pathType === NatsPathType.PREFIX ? 'PathPrefix' : 'Exact', value: path } }],
      backendRefs: [{ name: service.name, port: service.port }],
    }],
  };
}
