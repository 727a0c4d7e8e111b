import { Construct } from 'constructs';
import { ClusterState } from './cluster-state';
import { checkLeafNodes, LEAF_DOMAIN, listensForLeafNodes } from './config/leaf-nodes';
import { checkMqtt, MQTT_ELSEWHERE } from './config/mqtt';
import { checkProfiling } from './config/profiling';
import { checkTrustedProxies } from './config/proxies';
import { checkServerCredentials } from './config/server-credentials';
import { checkWebSocket, NatsWebSocketOptions } from './config/web-socket';
import { NatsClusterProps } from './nats-cluster-props';
import { AdvertisedAddresses, checkAdvertised } from './network/advertise';
import { checkParents } from './network/http-route';
import { checkWebRoute } from './network/ingress';
import { Listener, NatsListener, resolveListeners } from './network/ports';
import { NatsServiceType, resolveService, SERVICE_INVALID } from './network/services';
import { checkUrls } from './network/urls';
import { SaidTls } from './tls/resolve-tls';
import { checkAtSynth } from '../core/rules';

/** The listeners that the props ask for, with their ports. */
export function listenersOf(scope: Construct, props: NatsClusterProps, clustered: boolean): Listener[] {
  return resolveListeners(scope, props.ports, {
    client: true,
    leafNodes: listensForLeafNodes(props.leafNodes),
    webSocket: props.webSocket !== undefined,
    mqtt: props.mqtt !== undefined,
    cluster: clustered,
    gateway: props.gateway !== undefined,
    monitor: true,
    profiling: props.profiling !== undefined,
    exporter: props.exporter !== undefined,
  });
}

/** The listeners that can speak TLS and are there, with what each says of it. */
export function tlsListeners({ routes = {}, gateway, leafNodes, webSocket, mqtt }: NatsClusterProps, clustered: boolean): SaidTls['listeners'] {
  return {
    client: {},
    ...clustered ? { routes } : {},
    ...gateway ? { gateway } : {},
    ...leafNodes && listensForLeafNodes(leafNodes) ? { leafNodes } : {},
    ...webSocket ? { webSocket } : {},
    ...mqtt ? { mqtt } : {},
  };
}

/** The addresses that servers advertise. */
export function advertisedAddresses({ clientAdvertise, routes, gateway, leafNodes, webSocket }: NatsClusterProps): AdvertisedAddresses {
  return {
    client: clientAdvertise,
    routes: routes?.advertiseAddress,
    gateway: gateway?.advertiseAddress,
    leafNodes: leafNodes?.advertiseAddress,
    webSocket: webSocket?.advertiseAddress,
  };
}

/** Checks what each listener's own options say. */
export function checkListeners(
  scope: Construct, props: NatsClusterProps, { replicas, clustered, closed }: { replicas: number; clustered: boolean; closed: boolean },
): void {
  const { routes = {}, leafNodes, webSocket, mqtt, profiling, jetStream, gateway } = props;
  checkAdvertised(scope, 'clientAdvertise', props.clientAdvertise);
  checkAdvertised(scope, 'routes.advertiseAddress', routes.advertiseAddress);
  checkServerCredentials(scope, 'routes.authorization', routes.authorization);
  if (routes.extra) checkUrls(scope, 'routes.extra', routes.extra, ['nats', 'tls', 'nats-route']);
  if (leafNodes) checkLeafNodes(scope, leafNodes);
  if (profiling) checkProfiling(scope, profiling);
  checkTrustedProxies(scope, props.trustedProxies);
  if (mqtt) {
    checkMqtt(scope, mqtt, { replicas, jetStream: jetStream !== undefined, standalone: !clustered && !gateway && !leafNodes });
    checkAtSynth(scope, MQTT_ELSEWHERE, () => jetStream ? [] : [{ what: 'mqtt without jetStream', fix: 'give jetStream: {}, or have it on servers that these reach' }]);
  }
  checkAtSynth(scope, LEAF_DOMAIN, () => !jetStream || jetStream.domain !== undefined || !leafNodes?.remotes?.length ? [] : [{
    what: 'jetStream has no domain, and leafNodes.remotes connects the servers to another cluster', fix: 'give jetStream.domain',
  }]);
  if (webSocket) checkWebSocketAndItsRoutes(scope, webSocket, closed);
}

function checkWebSocketAndItsRoutes(scope: Construct, webSocket: NatsWebSocketOptions, closed: boolean): void {
  checkWebSocket(scope, webSocket);
  const { ingress, httpRoute } = webSocket;
  if (ingress) checkWebRoute(scope, 'webSocket.ingress', { ...ingress, peers: ingress.controllers }, { peersProp: 'controllers', hostsRequired: true, closed });
  if (httpRoute) {
    checkParents(scope, httpRoute.parents);
    checkWebRoute(scope, 'webSocket.httpRoute', { ...httpRoute, hosts: httpRoute.hostnames ?? [], peers: httpRoute.gateways }, {
      peersProp: 'gateways', hostsRequired: false, closed,
    });
  }
}

/** The Services with their defaults. */
export function resolveServices(
  scope: Construct, name: string, props: NatsClusterProps, listeners: Listener[], closed: boolean,
): Pick<ClusterState, 'service' | 'external' | 'externalName'> {
  const inside = [NatsListener.CLIENT, NatsListener.LEAF_NODES, NatsListener.WEB_SOCKET, NatsListener.MQTT];
  const service = resolveService(scope, 'service', props.service ?? {}, listeners, { type: NatsServiceType.CLUSTER_IP, ports: inside, closed });
  const needed = [NatsListener.CLIENT, ...props.webSocket?.ingress || props.webSocket?.httpRoute ? [NatsListener.WEB_SOCKET] : []];
  const missing = needed.find((listener) => !service.ports.some((port) => port.listener.prop === listener));
  if (missing) {
    throw SERVICE_INVALID.error(scope, {
      what: `service.ports leaves ${missing} out, ${missing === NatsListener.CLIENT ? 'by which clients reach the servers' : 'to which an Ingress or HTTPRoute leads'}`, fix: 'add it',
    });
  }
  const external = props.external && resolveService(scope, 'external', props.external, listeners, {
    type: NatsServiceType.LOAD_BALANCER, ports: [NatsListener.CLIENT], closed,
  });
  return { service, external, externalName: props.external?.name ?? `${name}-external` };
}
