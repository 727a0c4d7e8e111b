import { NatsListener } from './ports';
import { ClusterState } from '../cluster-state';
import { TlsListener } from '../tls/listener-tls';

/** URLs by which listeners are dialed inside the Kubernetes cluster; absent for a listener that is off, and for routes. */
export type ListenerUrls = { readonly [listener in TlsListener]?: string } & { readonly client: string };

/** Where the listeners of a cluster are dialed. */
export function listenerUrls(state: ClusterState): ListenerUrls {
  const { tls } = state;
  return {
    client: urlOf(state, NatsListener.CLIENT, tls.client ? 'tls' : 'nats')!,
    gateway: urlOf(state, NatsListener.GATEWAY, tls.gateway ? 'tls' : 'nats'),
    leafNodes: urlOf(state, NatsListener.LEAF_NODES, tls.leafNodes ? 'tls' : 'nats'),
    webSocket: urlOf(state, NatsListener.WEB_SOCKET, tls.webSocket ? 'wss' : 'ws'),
    mqtt: urlOf(state, NatsListener.MQTT, tls.mqtt ? 'mqtts' : 'mqtt'),
  };
}

/** The URL of a listener in the Service that clients dial, or by the names of the servers where it is not in that. */
function urlOf(state: ClusterState, listener: NatsListener, scheme: string): string | undefined {
  const { name, headlessServiceName, namespace, listeners, service } = state;
  const domain = namespace ? `.${namespace}.svc` : '';
  const inService = service.ports.find((port) => port.listener.prop === listener);
  if (inService) return `${scheme}://${name}${domain}:${inService.port}`;
  const own = listeners.find(({ prop }) => prop === listener);
  return own && `${scheme}://${headlessServiceName}${domain}:${own.port}`;
}
