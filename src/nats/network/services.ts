import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { NatsPeer } from './nats-peer';
import { Listener, NatsListener } from './ports';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';

export const SERVICE_INVALID = defineRule({
  id: 'NATS-SERVICE',
  level: RuleLevel.ERROR,
  statement: 'A Service has ports of listeners that the servers have, each once; node ports, source ranges and load balancers go with the type that knows them.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/',
});

export const SERVICE_SOURCES = defineRule({
  id: 'NATS-SERVICE-SOURCES',
  level: RuleLevel.ERROR,
  statement: 'A Service that is reached from outside says from which addresses; the NetworkPolicy admits these, and a load balancer where it can.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-ipblock-selectors',
});

export const SERVICE_SNAT = defineRule({
  id: 'NATS-SERVICE-SNAT',
  level: RuleLevel.WARNING,
  statement: 'With externalTrafficPolicy Cluster the servers see addresses of nodes in place of clients\', so that a NetworkPolicy for clients\' addresses may turn them away.',
  source: 'https://kubernetes.io/docs/tutorials/services/source-ip/',
});

export const NODE_PORT_RANGE = defineRule({
  id: 'NATS-NODE-PORT-RANGE',
  level: RuleLevel.WARNING,
  statement: 'A node port is from 30000 to 32767, unless the API server of the Kubernetes cluster has another range.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport',
});

/** How a Service is reached. */
export enum NatsServiceType {
  /** From inside the Kubernetes cluster. */
  CLUSTER_IP = 'ClusterIP',
  /** And at a port of each node. */
  NODE_PORT = 'NodePort',
  /** And at a load balancer. */
  LOAD_BALANCER = 'LoadBalancer',
}

/** Which nodes lead traffic from outside to the servers. */
export enum ExternalTrafficPolicy {
  /** Those with a ready server: the servers see the addresses of clients. */
  LOCAL = 'Local',
  /** All: the servers see the addresses of nodes. */
  CLUSTER = 'Cluster',
}

/** A listener in a Service. */
export interface NatsServicePort {
  /** The listener. One that the servers do not have throws. */
  readonly listener: NatsListener;
  /**
   * Port of the Service.
   * @default - the listener's
   */
  readonly port?: number;
  /**
   * Port of the nodes, for the types NODE_PORT and LOAD_BALANCER.
   * @default - Kubernetes chooses one
   */
  readonly nodePort?: number;
}

/** Options of a Service. */
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
  /**
   * How the Service is reached.
   * @default - the Service that clients dial: CLUSTER_IP; external access: LOAD_BALANCER
   */
  readonly type?: NatsServiceType;
  /**
   * The listeners in it. Routes, gateways, monitoring and profiling are in it only if they are named; the last two are guarded (NATS-MONITORING-OPEN,
   * NATS-PROFILING-OPEN).
   * @default - the Service that clients dial: clients, leaf nodes, WebSocket and MQTT, where they are listened for; external access: clients
   */
  readonly ports?: NatsServicePort[];
  /**
   * Addresses outside the Kubernetes cluster from which the Service may be reached, as CIDRs. The NetworkPolicy admits them to the listeners, and a load balancer
   * turns others away where it can. Required unless the type is CLUSTER_IP; `0.0.0.0/0` and `::/0` are everyone.
   * @default - none
   */
  readonly sourceRanges?: string[];
  /**
   * Class of the load balancer.
   * @default - the default of the Kubernetes cluster
   */
  readonly loadBalancerClass?: string;
  /**
   * Which nodes lead traffic to the servers. CLUSTER hides the addresses of clients, which is a warning (NATS-SERVICE-SNAT).
   * @default ExternalTrafficPolicy.LOCAL, unless the type is CLUSTER_IP
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;
  /**
   * Whether a load balancer goes by ports of the nodes.
   * @default - Kubernetes' default: true
   */
  readonly allocateLoadBalancerNodePorts?: boolean;
}

/** A Service with its defaults. */
export interface ServiceState {
  readonly prop: string;
  readonly options: NatsServiceOptions;
  readonly type: NatsServiceType;
  readonly ports: { readonly listener: Listener; readonly port: number; readonly nodePort?: number }[];
}

/** A Service with its defaults; one that Kubernetes refuses, or that nobody would get through, throws. */
export function resolveService(
  scope: Construct, prop: string, options: NatsServiceOptions, listeners: Listener[],
  defaults: { type: NatsServiceType; ports: NatsListener[]; closed: boolean },
): ServiceState {
  const present = (name: NatsListener) => listeners.find((listener) => listener.prop === name);
  const type = options.type ?? defaults.type;
  const asked = options.ports ?? defaults.ports.filter(present).map((listener): NatsServicePort => ({ listener }));
  const ports = asked.map(({ listener: name, port, nodePort }) => {
    const listener = present(name);
    if (!listener) throw SERVICE_INVALID.error(scope, { what: `${prop}.ports names ${name}, which the servers do not listen for`, allowed: listeners.map((one) => one.prop).join(', ') });
    return { listener, port: port ?? listener.port, nodePort };
  });
  const state: ServiceState = { prop, options, type, ports };
  checkPorts(scope, state);
  checkSources(scope, state, defaults.closed);
  return state;
}

function checkPorts(scope: Construct, { prop, type, ports }: ServiceState): void {
  const refuse = (what: string, allowed: string) => { throw SERVICE_INVALID.error(scope, { what, allowed }); };
  if (ports.length === 0) refuse(`${prop}.ports is empty`, 'at least one listener');
  const numbers: [what: string, values: (number | undefined)[]][] = [['port', ports.map(({ port }) => port)], ['nodePort', ports.map(({ nodePort }) => nodePort)]];
  for (const [what, values] of numbers) {
    const given = values.filter((value): value is number => value !== undefined);
    const wrong = given.find((value) => !Number.isInteger(value) || value < 1 || value > 65535);
    if (wrong !== undefined) refuse(`${prop}.ports has the ${what} ${wrong}`, 'a whole number from 1 to 65535');
    const twice = given.find((value, index) => given.indexOf(value) !== index);
    if (twice !== undefined) refuse(`${prop}.ports has the ${what} ${twice} twice`, 'one for each listener');
  }
  const listeners = ports.map(({ listener }) => listener.prop);
  const twice = listeners.find((listener, index) => listeners.indexOf(listener) !== index);
  if (twice !== undefined) refuse(`${prop}.ports names ${twice} twice`, 'each listener once');
  const nodePorts = ports.flatMap(({ nodePort }) => nodePort ?? []);
  if (nodePorts.length > 0 && type === NatsServiceType.CLUSTER_IP) refuse(`${prop}.ports has node ports, and its type is ${type}`, 'NODE_PORT or LOAD_BALANCER');
  const outside = nodePorts.filter((port) => port < 30000 || port > 32767);
  checkAtSynth(scope, NODE_PORT_RANGE, () => outside.length === 0 ? [] : [{
    what: `${prop}.ports has the node port ${outside.join(', ')}`, allowed: '30000 to 32767', fix: 'leave nodePort out, and Kubernetes chooses one',
  }]);
}

function checkSources(scope: Construct, { prop, type, options }: ServiceState, closed: boolean): void {
  const { sourceRanges, loadBalancerClass, externalTrafficPolicy, allocateLoadBalancerNodePorts } = options;
  const [inside, balanced] = [type === NatsServiceType.CLUSTER_IP, type === NatsServiceType.LOAD_BALANCER];
  const foreign = Object.entries({
    sourceRanges: inside ? sourceRanges : undefined,
    externalTrafficPolicy: inside ? externalTrafficPolicy : undefined,
    loadBalancerClass: balanced ? undefined : loadBalancerClass,
    allocateLoadBalancerNodePorts: balanced ? undefined : allocateLoadBalancerNodePorts,
  }).find(([, value]) => value !== undefined);
  if (foreign) throw SERVICE_INVALID.error(scope, { what: `${prop}.${foreign[0]} is given, and the type is ${type}`, fix: 'leave it out, or give another type' });
  if (inside) return;
  if (!sourceRanges?.length) {
    throw SERVICE_SOURCES.error(scope, {
      what: `${prop}.sourceRanges names nobody${closed ? ', and the NetworkPolicy admits nobody else from outside' : ''}`,
      fix: 'give the addresses of those outside, such as 203.0.113.0/24; 0.0.0.0/0 and ::/0 for everyone',
    });
  }
  peersOf(sourceRanges);
  checkAtSynth(scope, SERVICE_SNAT, () => !closed || externalTrafficPolicy !== ExternalTrafficPolicy.CLUSTER ? [] : [{
    what: `${prop}.externalTrafficPolicy is Cluster`, allowed: 'Local', fix: 'leave it out, or also name the addresses of the nodes in sourceRanges',
  }]);
}

function peersOf(ranges: string[]): NatsPeer[] {
  return ranges.map((range) => NatsPeer.ipBlock(range));
}

/** Whom a Service brings to a listener. */
export function peersThrough({ options, ports }: ServiceState, listener: Listener): NatsPeer[] {
  return ports.some((port) => port.listener === listener) ? peersOf(options.sourceRanges ?? []) : [];
}

/** The spec of a Service: only servers that are ready. */
export function renderService({ type, options, ports }: ServiceState, podLabels: { [label: string]: string }): k8s.ServiceSpec {
  const outside = type !== NatsServiceType.CLUSTER_IP;
  return {
    type: outside ? type : undefined,
    ports: ports.map(({ listener, port, nodePort }) => ({ ...servicePort(listener), port, nodePort })),
    selector: podLabels,
    externalTrafficPolicy: outside ? options.externalTrafficPolicy ?? ExternalTrafficPolicy.LOCAL : undefined,
    loadBalancerClass: options.loadBalancerClass,
    loadBalancerSourceRanges: type === NatsServiceType.LOAD_BALANCER ? options.sourceRanges : undefined,
    allocateLoadBalancerNodePorts: options.allocateLoadBalancerNodePorts,
  };
}

/**
 * The Service that gives each server its DNS name. It names servers that are not ready too: they find each other before
 * JetStream, and with it readiness, can come up.
 */
export function renderHeadlessService(listeners: Listener[], podLabels: { [label: string]: string }): k8s.ServiceSpec {
  return {
    clusterIp: 'None',
    ports: listeners.filter(({ name }) => name !== 'prom-metrics' && name !== 'profiling').map(servicePort),
    publishNotReadyAddresses: true,
    selector: podLabels,
  };
}

function servicePort({ name, port, appProtocol }: Listener): k8s.ServicePort {
  return { name, port, appProtocol, targetPort: k8s.IntOrString.fromString(name) };
}
