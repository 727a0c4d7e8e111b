import { isDeepStrictEqual } from 'util';
import { Construct } from 'constructs';
import { HOST_PORT, hostPortFindings } from './host-ports';
import { NatsPeer } from './nats-peer';
import { AdmittedPeers, MONITORING_OPEN, NETWORK_POLICY_OFF } from './network-policy';
import { NatsListener } from './ports';
import { NatsServiceType, peersThrough, ServiceState } from './services';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';
import { ClusterState } from '../cluster-state';
import { PROFILING_OPEN } from '../config/profiling';
import { plainWebSocketFindings, tlsBehindFindings, WEB_SOCKET_PLAIN, WEB_SOCKET_TLS_BEHIND } from '../config/web-socket';
import { ClusterTls, ListenerTls, verifiesPeers } from '../tls/listener-tls';

export const LISTENER_CLOSED = defineRule({
  id: 'NATS-LISTENER-CLOSED',
  level: RuleLevel.WARNING,
  statement: 'Somebody may reach each listener for gateways, leaf nodes, WebSocket and MQTT.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
});

export const SERVERS_OPEN = defineRule({
  id: 'NATS-SERVERS-OPEN',
  level: RuleLevel.GUARDED,
  statement: 'Where routes or gateways are reached from outside, servers that join log in, or show certificates that no client has: one that has joined reads everything.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/clustering; https://docs.nats.io/running-a-nats-service/configuration/gateways',
});

export const PLAIN_OUTSIDE = defineRule({
  id: 'NATS-PLAIN-OUTSIDE',
  level: RuleLevel.GUARDED,
  statement: 'What is reached from outside of the Kubernetes cluster speaks TLS, or something before it does.',
  source: 'https://docs.nats.io/nats-concepts/security; without TLS a client sends its password or token, and each message, in clear',
});

export const ADVERTISE_INSIDE = defineRule({
  id: 'NATS-ADVERTISE-INSIDE',
  level: RuleLevel.WARNING,
  statement: 'Servers that tell clients each other\'s addresses, and have clients outside the Kubernetes cluster, tell an address that those can dial.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/clustering/cluster_config',
});

/** Who was let in besides those whom the props name. */
export type AddedPeers = Map<NatsListener, NatsPeer[]>;

/** Checks at synth who reaches which listener. */
export function checkExposure(scope: Construct, state: ClusterState, added: AddedPeers): void {
  const { networkClosed, networkPolicy, profiling, pod, webSocket } = state;
  checkAtSynth(scope, NETWORK_POLICY_OFF, () => networkClosed ? [] : [{ what: 'networkPolicy.enabled is false', allowed: 'true', fix: 'name who may reach the servers in networkPolicy' }]);
  checkAtSynth(scope, MONITORING_OPEN, () => openListenerFindings(state, added, NatsListener.MONITOR, { prop: 'networkPolicy.monitoring', peers: networkPolicy.monitoring }));
  checkAtSynth(scope, PROFILING_OPEN, () => openListenerFindings(state, added, NatsListener.PROFILING, { prop: 'profiling.peers', peers: profiling?.peers }));
  checkAtSynth(scope, SERVERS_OPEN, () => openServersFindings(state));
  checkAtSynth(scope, PLAIN_OUTSIDE, () => plainOutsideFindings(state));
  checkAtSynth(scope, HOST_PORT, () => hostPortFindings(pod.hostPorts ?? {}));
  checkAtSynth(scope, LISTENER_CLOSED, () => closedListenerFindings(state, added));
  checkAtSynth(scope, ADVERTISE_INSIDE, () => advertisedInsideFindings(state));
  checkAtSynth(scope, WEB_SOCKET_TLS_BEHIND, () => webSocket && state.tls.webSocket ? tlsBehindFindings(webSocket) : []);
  checkAtSynth(scope, WEB_SOCKET_PLAIN, () => !webSocket || state.tls.webSocket ? []
    : plainWebSocketFindings(webSocket, waysTo(state, NatsListener.WEB_SOCKET, true)));
}

/** Whom the NetworkPolicy admits to each listener. */
export function admittedPeers(state: ClusterState, added: AddedPeers): AdmittedPeers {
  const { gateway, leafNodes, webSocket, mqtt, profiling, routes, exporter, networkPolicy } = state;
  const named: { [listener in NatsListener]: (NatsPeer[] | undefined)[] } = {
    [NatsListener.CLIENT]: [networkPolicy.clients ?? [NatsPeer.pods()]],
    [NatsListener.LEAF_NODES]: [leafNodes?.peers],
    [NatsListener.WEB_SOCKET]: [webSocket?.peers, webSocket?.ingress?.controllers, webSocket?.httpRoute?.gateways],
    [NatsListener.MQTT]: [mqtt?.peers],
    [NatsListener.CLUSTER]: [[NatsPeer.pods(state.podLabels)], routes.peers],
    [NatsListener.GATEWAY]: [gateway?.options.peers],
    [NatsListener.MONITOR]: [networkPolicy.monitoring],
    [NatsListener.PROFILING]: [profiling?.peers],
  };
  const admitted: AdmittedPeers = { 'prom-metrics': exporter?.options.scrapers };
  for (const listener of state.listeners) {
    if (listener.prop === 'exporter') continue;
    const name = listener.prop as NatsListener;
    const through = servicesOf(state).map((service) => peersThrough(service, listener));
    admitted[listener.name] = [...named[name], added.get(name), ...through].flatMap((peers) => peers ?? []);
  }
  return admitted;
}

function servicesOf({ service, external }: ClusterState): ServiceState[] {
  return external ? [service, external] : [service];
}

/** What leads to a listener besides the peers that its own option names. */
function waysTo(state: ClusterState, listener: NatsListener, onlyOutside: boolean = false): string[] {
  const services = servicesOf(state).filter(({ type, ports }) =>
    ports.some((port) => port.listener.prop === listener) && (!onlyOutside || type !== NatsServiceType.CLUSTER_IP));
  const hostPort = state.pod.hostPorts?.[listener as keyof typeof state.pod.hostPorts];
  return [...services.map(({ prop }) => `${prop}.ports`), ...hostPort === undefined ? [] : [`pod.hostPorts.${listener}`]];
}

/** Findings about a listener without authentication, such as monitoring, to which anything leads. */
function openListenerFindings(state: ClusterState, added: AddedPeers, listener: NatsListener, said: { prop: string; peers?: NatsPeer[] }): Mistake[] {
  const port = listener === NatsListener.MONITOR ? 'monitoring' : 'profiling';
  const allowed = listener === NatsListener.MONITOR ? 'nobody: scrapers read the exporter, and the probes come from the node' : 'nobody: a port-forward comes from the node';
  const fix = listener === NatsListener.MONITOR ? 'use exporter.scrapers' : 'leave it out';
  const admitting: [who: string, count: number][] = [[said.prop, said.peers?.length ?? 0], ['allowTo', added.get(listener)?.length ?? 0]];
  const admits = admitting.filter(([, count]) => count > 0 && state.networkClosed)
    .map(([who, count]) => ({ what: `${who} admits ${count} peer(s) to the ${port} port`, allowed, fix }));
  return [...admits, ...waysTo(state, listener).map((way) => ({ what: `${way} leads to the ${port} port`, allowed, fix }))];
}

/** Findings about routes and gateways that are open to the outside. */
function openServersFindings(state: ClusterState): Mistake[] {
  const { routes, gateway, tls } = state;
  const open: [listener: NatsListener, prop: string, closed: boolean][] = [
    [NatsListener.CLUSTER, 'routes', routes.authorization !== undefined || keepsClientsOut(tls, tls.routes)],
    [NatsListener.GATEWAY, 'gateway', gateway?.options.authorization !== undefined || keepsClientsOut(tls, tls.gateway)],
  ];
  return open.filter(([, , closed]) => !closed).flatMap(([listener, prop]) => waysTo(state, listener, true).map((way) => ({
    what: `${way} leads to the ${listener} port, and ${prop}.authorization is not given`,
    allowed: 'credentials that other servers must have, or certificates of a CA that signs none for clients',
    fix: `give ${prop}.authorization`,
  })));
}

/** Findings about listeners in clear that are open to the outside; WebSocket, which a proxy may end, has a rule of its own. */
function plainOutsideFindings(state: ClusterState): Mistake[] {
  const { client, routes, gateway, leafNodes, mqtt } = state.tls;
  const listeners: [listener: NatsListener, prop: string, tls: ListenerTls | undefined][] = [
    [NatsListener.CLIENT, 'tls', client],
    [NatsListener.CLUSTER, 'routes.tls', routes],
    [NatsListener.GATEWAY, 'gateway.tls', gateway],
    [NatsListener.LEAF_NODES, 'leafNodes.tls', leafNodes],
    [NatsListener.MQTT, 'mqtt.tls', mqtt],
  ];
  const open = listeners.filter(([, , tls]) => !tls)
    .map(([listener, prop]) => ({ listener, prop, ways: waysTo(state, listener, true) }))
    .filter(({ ways }) => ways.length > 0);
  return open.length === 0 ? [] : [{
    what: `listeners in clear are reached from outside, by ${[...new Set(open.flatMap(({ ways }) => ways))].join(', ')}: ${open.map(({ listener }) => listener).join(', ')}`,
    allowed: 'TLS, because passwords, tokens and messages are read on the way otherwise',
    fix: `give ${open.map(({ prop }) => prop).join(', ')}`,
  }];
}

/** Whether the certificates that servers show each other are ones that no client has. */
function keepsClientsOut({ client }: ClusterTls, servers: ListenerTls | undefined): boolean {
  if (!servers?.material.ca) return false;
  return !client?.material.ca || !verifiesPeers(client) || !isDeepStrictEqual(client.material.ca, servers.material.ca);
}

/** Findings about listeners that nobody reaches. */
function closedListenerFindings(state: ClusterState, added: AddedPeers): Mistake[] {
  if (!state.networkClosed) return [];
  const admitted = admittedPeers(state, added);
  const props: NatsListener[] = [NatsListener.GATEWAY, NatsListener.LEAF_NODES, NatsListener.WEB_SOCKET, NatsListener.MQTT];
  return state.listeners.filter(({ name, prop }) => props.includes(prop as NatsListener) && !admitted[name]?.length).map(({ prop }) => ({
    what: `${prop}.peers names nobody, and the NetworkPolicy admits nobody else to the ${prop} port`, fix: `give ${prop}.peers`,
  }));
}

/** Findings about addresses that clients outside cannot dial. */
function advertisedInsideFindings({ routes, external, advertised }: ClusterState): Mistake[] {
  const outside = external?.ports.some(({ listener }) => listener.prop === NatsListener.CLIENT);
  return !routes.advertise || !outside || advertised.client !== undefined ? [] : [{
    what: 'routes.advertise is true, external leads clients to the servers, and clientAdvertise is not given: clients outside learn addresses of pods',
    fix: 'give clientAdvertise, or leave routes.advertise out',
  }];
}
