import { NatsPathType } from './ingress';
import { NatsPeer } from './nats-peer';

/** A Gateway to which a route belongs. */
export interface NatsParentGateway {
  /** Name of the Gateway. */
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
  /** The Gateways to which the route belongs. */
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
