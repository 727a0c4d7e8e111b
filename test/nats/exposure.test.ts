import {
  ExternalTrafficPolicy, NatsCluster, NatsClusterProps, NatsListener, NatsPathType, NatsPeer, NatsServiceType, NatsTls, Rules, SecretKey,
} from '../../src';
import { containerOf, newCluster, synth } from '../support';

const sourceRanges = ['203.0.113.0/24', '2001:db8::/32'];
const peers = [NatsPeer.namespace('edge')];
const edge = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } } };
const ranges = sourceRanges.map((cidr) => ({ ipBlock: { cidr } }));
const { CLIENT, LEAF_NODES, WEB_SOCKET, MQTT, CLUSTER, GATEWAY, MONITOR, PROFILING } = NatsListener;

function ports({ ports: given }: { [field: string]: any }): [string, number, number?][] {
  return given.map(({ name, port, nodePort }: { name: string; port: number; nodePort?: number }) =>
    nodePort === undefined ? [name, port] : [name, port, nodePort]);
}

/** Whom the NetworkPolicy admits, by port. */
function admitted(cluster: NatsCluster): { [port: number]: unknown } {
  const { ingress } = synth(cluster).get('NetworkPolicy', 'nats').spec;
  return Object.fromEntries(ingress.map((rule: { ports: { port: number }[]; from: unknown }) => [rule.ports[0].port, rule.from]));
}

function acknowledged(props: NatsClusterProps, ...rules: string[]): NatsCluster {
  const cluster = newCluster(props);
  for (const rule of rules) Rules.acknowledge(cluster, rule, 'a test');
  return cluster;
}

/** What comes from outside in clear is another matter here. */
const plain = (props: NatsClusterProps) => acknowledged(props, 'NATS-PLAIN-OUTSIDE');

let warn: jest.SpyInstance;
beforeEach(() => { warn = jest.spyOn(console, 'warn').mockImplementation(); });
afterEach(() => jest.restoreAllMocks());

describe('the Service that clients dial', () => {
  const everything: NatsClusterProps = {
    clusterName: 'a', serverNamePrefix: 'a-', jetStream: {}, gateway: { peers }, leafNodes: { peers }, webSocket: { peers }, mqtt: { peers }, profiling: {},
  };

  test('has what clients dial, and the headless one all but profiling', () => {
    const objects = synth(acknowledged(everything, 'NATS-WEB-SOCKET-PLAIN'));
    expect(ports(objects.get('Service', 'nats').spec)).toEqual([['nats', 4222], ['leafnodes', 7422], ['websocket', 8080], ['mqtt', 1883]]);
    expect(ports(objects.get('Service', 'nats-headless').spec))
      .toEqual([['nats', 4222], ['leafnodes', 7422], ['websocket', 8080], ['mqtt', 1883], ['cluster', 6222], ['gateway', 7222], ['monitor', 8222]]);
    expect(objects.get('Service', 'nats').spec.type).toBeUndefined();
  });

  test('has the listeners, ports and node ports that are said', () => {
    const { spec } = synth(plain({
      service: { type: NatsServiceType.NODE_PORT, sourceRanges, ports: [{ listener: CLIENT, port: 3001, nodePort: 30001 }, { listener: CLUSTER }] },
      routes: { authorization: { user: 'route', password: SecretKey.fromName('routes', 'password') } },
    })).get('Service', 'nats');
    expect(spec).toMatchObject({ type: 'NodePort', externalTrafficPolicy: 'Local' });
    expect(spec).not.toHaveProperty('loadBalancerSourceRanges');
    expect(ports(spec)).toEqual([['nats', 3001, 30001], ['cluster', 6222]]);
  });
});

describe('external access', () => {
  test('is a load balancer for clients, whose addresses the servers see and the NetworkPolicy admits', () => {
    const cluster = plain({ external: { sourceRanges, annotations: { a: 'b' }, labels: { c: 'd' }, loadBalancerClass: 'example.com/lb', allocateLoadBalancerNodePorts: false } });
    const { metadata, spec } = synth(cluster).get('Service', 'nats-external');
    expect(metadata).toMatchObject({ annotations: { a: 'b' }, labels: { c: 'd' } });
    expect(spec).toMatchObject({
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      loadBalancerClass: 'example.com/lb',
      allocateLoadBalancerNodePorts: false,
      loadBalancerSourceRanges: sourceRanges,
      ports: [{ name: 'nats', port: 4222, targetPort: 'nats', appProtocol: 'tcp' }],
    });
    expect(synth(cluster).get('Service', 'nats').spec.type).toBeUndefined();
    expect(admitted(cluster)[4222]).toEqual([{ podSelector: {} }, ...ranges]);
    expect(cluster.externalService?.name).toBe('nats-external');
    expect(warn).not.toHaveBeenCalled();
  });

  test('is node ports for the listeners that are named', () => {
    const cluster = plain({
      jetStream: {},
      mqtt: {},
      leafNodes: {},
      external: { name: 'edge', type: NatsServiceType.NODE_PORT, sourceRanges, ports: [{ listener: MQTT, port: 8883, nodePort: 31883 }, { listener: LEAF_NODES }] },
    });
    expect(ports(synth(cluster).get('Service', 'edge').spec)).toEqual([['mqtt', 8883, 31883], ['leafnodes', 7422]]);
    expect(admitted(cluster)).toMatchObject({ 1883: ranges, 7422: ranges, 4222: [{ podSelector: {} }] });
  });

  test.each<[what: string, props: NatsClusterProps, message: string]>([
    ['without a word about who comes', { external: {} }, '[test/nats] external.sourceRanges names nobody, and the NetworkPolicy admits nobody else from outside; '
      + 'fix: give the addresses of those outside, such as 203.0.113.0/24; 0.0.0.0/0 and ::/0 for everyone [NATS-SERVICE-SOURCES]'],
    ['to a listener that is not there', { external: { sourceRanges, ports: [{ listener: MQTT }] } }, 'external.ports names mqtt, which the servers do not listen for; allowed: client, cluster, monitor'],
    ['to nothing', { external: { sourceRanges, ports: [] } }, 'external.ports is empty'],
    ['to a listener twice', { external: { sourceRanges, ports: [{ listener: CLIENT }, { listener: CLIENT, port: 1 }] } }, 'external.ports names client twice'],
    ['at a port twice', { external: { sourceRanges, ports: [{ listener: CLIENT }, { listener: CLUSTER, port: 4222 }] } }, 'external.ports has the port 4222 twice'],
    ['at no port', { external: { sourceRanges, ports: [{ listener: CLIENT, nodePort: 0 }] } }, 'external.ports has the nodePort 0'],
    ['from what is no range', { external: { sourceRanges: ['everyone'] } }, "'everyone' is not a CIDR"],
    ['with the class of a load balancer that it has not', { external: { type: NatsServiceType.NODE_PORT, sourceRanges, loadBalancerClass: 'x' } }, 'external.loadBalancerClass is given, and the type is NodePort'],
    ['through a Service that nobody outside reaches', { service: { sourceRanges } }, 'service.sourceRanges is given, and the type is ClusterIP'],
    ['with node ports of a Service inside', { service: { ports: [{ listener: CLIENT, nodePort: 30000 }] } }, 'service.ports has node ports, and its type is ClusterIP'],
    ['without clients inside', { service: { ports: [{ listener: CLUSTER }] } }, 'service.ports leaves client out, by which clients reach the servers; fix: add it'],
  ])('%s is refused', (_, props, message) => expect(() => newCluster(props)).toThrow(message));

  test.each<[what: string, props: NatsClusterProps, message: string]>([
    ['node ports out of the usual range', { external: { type: NatsServiceType.NODE_PORT, sourceRanges, ports: [{ listener: CLIENT, nodePort: 4001 }] } }, 'external.ports has the node port 4001; allowed: 30000 to 32767'],
    ['addresses of nodes in place of clients', { external: { sourceRanges, externalTrafficPolicy: ExternalTrafficPolicy.CLUSTER } }, 'external.externalTrafficPolicy is Cluster; allowed: Local'],
    ['addresses of pods that clients outside learn', { external: { sourceRanges }, routes: { advertise: true } }, 'clients outside learn addresses of pods; fix: give clientAdvertise'],
  ])('%s are a warning', (_, props, message) => {
    synth(plain(props));
    expect(warn).toHaveBeenCalledWith(expect.stringContaining(message));
  });

  test('of clients that learn where to come needs no warning', () => {
    synth(plain({ external: { sourceRanges }, routes: { advertise: true }, clientAdvertise: 'nats.example.com:4222' }));
    expect(warn).not.toHaveBeenCalled();
  });
});

describe('what comes from outside in clear is guarded', () => {
  const tls = NatsTls.fromSecret('nats-tls');

  test.each<[what: string, props: NatsClusterProps, message: string]>([
    ['through a load balancer', { external: { sourceRanges } }, '[test/nats] listeners in clear are reached from outside, by external.ports: client; allowed: TLS, because passwords, tokens and messages are read on the way otherwise; fix: give tls; or'],
    ['through node ports', { service: { type: NatsServiceType.NODE_PORT, sourceRanges } }, 'are reached from outside, by service.ports: client;'],
    ['to one of several listeners', { tls, leafNodes: { tls: NatsTls.none() }, external: { sourceRanges, ports: [{ listener: CLIENT }, { listener: LEAF_NODES }] } }, 'are reached from outside, by external.ports: leafNodes; allowed: TLS, because passwords, tokens and messages are read on the way otherwise; fix: give leafNodes.tls'],
    ['through ports of nodes', { jetStream: {}, mqtt: {}, pod: { hostPorts: { mqtt: 1883 } } }, 'are reached from outside, by pod.hostPorts.mqtt: mqtt;'],
  ])('%s', (_, props, message) => {
    expect(() => synth(acknowledged(props, 'NATS-HOST-PORT'))).toThrow(message);
    expect(() => synth(acknowledged(props, 'NATS-HOST-PORT', 'NATS-PLAIN-OUTSIDE'))).not.toThrow();
  });

  test('but not where the listener speaks TLS, or nobody outside reaches it', () => {
    expect(() => synth(newCluster({ tls, external: { sourceRanges } }))).not.toThrow();
    expect(() => synth(newCluster({ leafNodes: { peers } }))).not.toThrow();
  });
});

describe('monitoring and profiling are reached by nobody unless that is acknowledged', () => {
  test.each<[what: string, props: NatsClusterProps, rule: string, message: string]>([
    ['monitoring through the Service', { service: { ports: [{ listener: CLIENT }, { listener: MONITOR }] } }, 'NATS-MONITORING-OPEN', 'service.ports leads to the monitoring port; allowed: nobody'],
    ['monitoring from outside', { external: { sourceRanges, ports: [{ listener: MONITOR }] } }, 'NATS-MONITORING-OPEN', 'external.ports leads to the monitoring port'],
    ['profiling by its peers', { profiling: { peers } }, 'NATS-PROFILING-OPEN', 'profiling.peers admits 1 peer(s) to the profiling port; allowed: nobody: a port-forward comes from the node'],
    ['profiling through the Service', { profiling: {}, service: { ports: [{ listener: CLIENT }, { listener: PROFILING }] } }, 'NATS-PROFILING-OPEN', 'service.ports leads to the profiling port'],
    ['routes from outside', { external: { sourceRanges, ports: [{ listener: CLUSTER }] } }, 'NATS-SERVERS-OPEN', 'external.ports leads to the cluster port, and routes.authorization is not given'],
  ])('%s', (_, props, rule, message) => {
    expect(() => synth(newCluster(props))).toThrow(message);
    expect(() => synth(acknowledged(props, rule, 'NATS-PLAIN-OUTSIDE'))).not.toThrow();
  });

  test('but routes and gateways by who shows certificates that no client has', () => {
    const props = { external: { sourceRanges, ports: [{ listener: GATEWAY }, { listener: CLUSTER }] }, gateway: {} };
    expect(() => synth(newCluster({ ...props, tls: NatsTls.fromSecret('nats-tls') }))).not.toThrow();
    const verified = NatsTls.fromSecret('nats-tls', { verify: true });
    expect(() => synth(newCluster({ ...props, tls: verified }))).toThrow('external.ports leads to the gateway port, and gateway.authorization is not given; '
      + 'allowed: credentials that other servers must have, or certificates of a CA that signs none for clients; fix: give gateway.authorization');
    const servers = { tls: NatsTls.fromSecret('servers-tls') };
    expect(() => synth(newCluster({ ...props, tls: verified, routes: servers, gateway: servers }))).not.toThrow();
  });

  test('monitoring by whom allowTo lets in', () => {
    const cluster = newCluster();
    cluster.allowTo(MONITOR, ...peers);
    expect(() => synth(cluster)).toThrow('allowTo admits 1 peer(s) to the monitoring port');
  });

  test('by nobody as they are', () => expect(admitted(newCluster({ profiling: {} }))).not.toHaveProperty('65432'));
});

describe('ports of nodes', () => {
  test('are those of the container, once acknowledged', () => {
    const hostPorts = { client: 2001, monitor: 2007 };
    expect(() => synth(newCluster({ pod: { hostPorts } }))).toThrow('pod.hostPorts has client, monitor; allowed: none; fix: use external, whose Service leads to ready servers only');
    expect(() => synth(acknowledged({ pod: { hostPorts } }, 'NATS-HOST-PORT'))).toThrow('pod.hostPorts.monitor leads to the monitoring port');
    const cluster = acknowledged({ pod: { hostPorts } }, 'NATS-HOST-PORT', 'NATS-MONITORING-OPEN', 'NATS-PLAIN-OUTSIDE');
    expect(containerOf(cluster).ports).toEqual([
      { name: 'nats', containerPort: 4222, hostPort: 2001 }, { name: 'cluster', containerPort: 6222 }, { name: 'monitor', containerPort: 8222, hostPort: 2007 },
    ]);
  });
  test.each([
    [{ mqtt: 1883 }, 'pod.hostPorts.mqtt is given, and the servers do not listen for it'],
    [{ client: 0 }, 'pod.hostPorts.client is 0; allowed: a whole number from 1 to 65535'],
    [{ client: 1, monitor: 1 }, 'pod.hostPorts.client and pod.hostPorts.monitor are both 1'],
  ])('%j are refused', (hostPorts, message) => expect(() => newCluster({ pod: { hostPorts } })).toThrow(message));
});

describe('the NetworkPolicy', () => {
  test('admits whom each listener names, and whom allowTo adds', () => {
    const cluster = acknowledged({
      jetStream: {}, clusterName: 'a', serverNamePrefix: 'a-', leafNodes: { peers }, webSocket: { peers }, mqtt: { peers }, gateway: { peers }, routes: { peers },
    }, 'NATS-WEB-SOCKET-PLAIN');
    cluster.allowTo(MQTT, NatsPeer.pods({ app: 'sensor' }));
    expect(admitted(cluster)).toMatchObject({
      7422: [edge], 8080: [edge], 1883: [edge, { podSelector: { matchLabels: { app: 'sensor' } } }], 7222: [edge], 6222: [expect.anything(), edge],
    });
    expect(warn).not.toHaveBeenCalled();
  });
});

describe('WebSocket behind', () => {
  test('an Ingress', () => {
    const cluster = newCluster({
      webSocket: {
        ingress: {
          hosts: ['ws.example.com', '*.ws.example.com'],
          className: 'nginx',
          tlsSecretName: 'ws-tls',
          annotations: { timeout: '3600' },
          path: '/nats',
          pathType: NatsPathType.PREFIX,
          controllers: [NatsPeer.namespace('edge')],
        },
      },
    });
    const { metadata, spec } = synth(cluster).get('Ingress', 'nats-ws');
    const paths = [{ path: '/nats', pathType: 'Prefix', backend: { service: { name: 'nats', port: { name: 'websocket' } } } }];
    expect(metadata.annotations).toEqual({ timeout: '3600' });
    expect(spec).toEqual({
      ingressClassName: 'nginx',
      tls: [{ hosts: ['ws.example.com', '*.ws.example.com'], secretName: 'ws-tls' }],
      rules: [{ host: 'ws.example.com', http: { paths } }, { host: '*.ws.example.com', http: { paths } }],
    });
    expect(admitted(cluster)[8080]).toEqual([edge]);
  });

  test('a Gateway', () => {
    const cluster = newCluster({
      service: { ports: [{ listener: CLIENT }, { listener: WEB_SOCKET, port: 80 }] },
      webSocket: {
        httpRoute: { parents: [{ name: 'web', namespace: 'edge', sectionName: 'https', port: 443 }], hostnames: ['ws.example.com'], annotations: { a: 'b' }, gateways: [NatsPeer.namespace('edge')] },
      },
    });
    const route = synth(cluster).get('HTTPRoute', 'nats-ws');
    expect(route.apiVersion).toBe('gateway.networking.k8s.io/v1');
    expect(route.metadata.annotations).toEqual({ a: 'b' });
    expect(route.spec).toEqual({
      parentRefs: [{ name: 'web', namespace: 'edge', sectionName: 'https', port: 443 }],
      hostnames: ['ws.example.com'],
      rules: [{ matches: [{ path: { type: 'Exact', value: '/' } }], backendRefs: [{ name: 'nats', port: 80 }] }],
    });
    expect(admitted(cluster)[8080]).toEqual([edge]);
  });
});

describe('WebSocket with TLS of its own', () => {
  const tls = NatsTls.fromSecret('nats-tls');
  const ingress = { hosts: ['ws.example.com'], tlsSecretName: 'ws-tls', controllers: peers };
  const httpRoute = { parents: [{ name: 'web' }], gateways: peers };

  test.each<[what: string, props: NatsClusterProps, message: string]>([
    ['an Ingress', { tls, webSocket: { ingress } }, '[test/nats] webSocket.ingress leads to servers that speak TLS; allowed: servers that speak plain HTTP; '
      + 'fix: give webSocket.tls: NatsTls.none(), or tell the controller, as by the annotation nginx.ingress.kubernetes.io/backend-protocol: HTTPS'],
    ['a Gateway', { webSocket: { httpRoute, tls } }, 'webSocket.httpRoute leads to servers that speak TLS; allowed: servers that speak plain HTTP; fix: give webSocket.tls: NatsTls.none(), or make a BackendTLSPolicy'],
  ])('behind %s is guarded', (_, props, message) => {
    expect(() => synth(newCluster(props))).toThrow(message);
    expect(() => synth(acknowledged(props, 'NATS-WEB-SOCKET-TLS-BEHIND'))).not.toThrow();
  });

  test.each<[what: string, props: NatsClusterProps]>([
    ['one that is told', { tls, webSocket: { ingress: { ...ingress, annotations: { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' } } } }],
    ['nobody', { tls, webSocket: { peers } }],
    ['one that ends TLS for servers in clear', { tls, webSocket: { httpRoute, tls: NatsTls.none() } }],
  ])('behind %s is not', (_, props) => expect(() => synth(newCluster(props))).not.toThrow());

  test.each([
    [[], 'webSocket.httpRoute.parents is empty; allowed: at least one Gateway [NATS-INGRESS]'],
    [[{ name: 'Web' }], "webSocket.httpRoute.parents has 'Web'; allowed: at most 253 lower-case letters"],
    [[{ name: 'web', sectionName: '' }], "webSocket.httpRoute.parents has ''"],
    [[{ name: 'web', namespace: 'a.b' }], "webSocket.httpRoute.parents has the namespace 'a.b'; allowed: at most 63"],
    [[{ name: 'web', port: 70000 }], 'webSocket.httpRoute.parents has the port 70000; allowed: a whole number from 1 to 65535'],
  ])('a route of %j is refused', (parents, message) => expect(() => newCluster({ webSocket: { httpRoute: { parents, gateways: peers } } })).toThrow(message));
});

test('every port that the official chart can set has its prop', () => {
  const listeners = [CLIENT, LEAF_NODES, WEB_SOCKET, MQTT, CLUSTER, GATEWAY, MONITOR, PROFILING];
  const cluster = acknowledged({
    clusterName: 'nats',
    serverNamePrefix: '',
    ports: { client: 1001, leafNodes: 1002, webSocket: 1003, mqtt: 1004, cluster: 1005, gateway: 1006, monitor: 1007, profiling: 1008 },
    gateway: {},
    leafNodes: {},
    webSocket: {},
    mqtt: {},
    profiling: {},
    pod: { hostPorts: { client: 2001, leafNodes: 2002, webSocket: 2003, mqtt: 2004, cluster: 2005, gateway: 2006, monitor: 2007, profiling: 2008 } },
    service: {
      type: NatsServiceType.NODE_PORT, sourceRanges: ['0.0.0.0/0'], ports: listeners.map((listener, index) => ({ listener, port: 3001 + index, nodePort: 4001 + index })),
    },
  }, 'NATS-WEB-SOCKET-PLAIN', 'NATS-HOST-PORT', 'NATS-MONITORING-OPEN', 'NATS-PROFILING-OPEN', 'NATS-SERVERS-OPEN', 'NATS-PLAIN-OUTSIDE');
  const names = ['nats', 'leafnodes', 'websocket', 'mqtt', 'cluster', 'gateway', 'monitor', 'profiling'];
  expect(containerOf(cluster).ports).toEqual(names.map((name, index) => ({ name, containerPort: 1001 + index, hostPort: 2001 + index })));
  const { spec } = synth(cluster).get('Service', 'nats');
  expect(spec.type).toBe('NodePort');
  expect(ports(spec)).toEqual(names.map((name, index) => [name, 3001 + index, 4001 + index]));
});
