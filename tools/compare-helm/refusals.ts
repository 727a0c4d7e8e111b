import { NatsAuth, NatsClusterProps, NatsListener, NatsResolver, NatsTls, SecretKey } from '../../src';
import { OPERATOR_JWTS } from '../../test/server/operator-jwts';

/** What the chart renders, and a cluster refuses at synth. */
export interface Refusal {
  /** The chart's values. */
  readonly values: string;
  /** The rule that refuses it. */
  readonly rule: string;
  readonly why: string;
  /** What is refused, in our words. */
  readonly props: NatsClusterProps;
  /** What nats-server makes of the chart's configuration, where it does not start. */
  readonly server?: { readonly config: string; readonly says: string };
}

/** Each thing of the chart that is an error here. One that is guarded is let through by `Rules.acknowledge` with a reason. */
export const REFUSALS: Refusal[] = [
  {
    values: 'config.nats.tls.merge.verify_cert_and_check_known_urls (leafnodes, websocket, mqtt too)',
    rule: 'NATS-TLS-KNOWN-URLS',
    why: 'nats-server does not start: it has the option for routes and gateways only.',
    props: { tls: NatsTls.fromSecret('nats-tls', { verifyCertAndCheckKnownUrls: true }) },
    server: { config: 'tls { verify_cert_and_check_known_urls: true }', says: 'verify_cert_and_check_known_urls not supported in this context' },
  },
  {
    values: 'config.gateway and config.leafnodes without config.merge.system_account',
    rule: 'NATS-GATEWAY-SYSTEM-ACCOUNT',
    why: 'nats-server does not start. Here the system account is there by itself, and it is an error to forbid it.',
    props: { gateway: {}, leafNodes: {}, extraConfig: { no_system_account: true } },
    server: {
      config: 'gateway { name: nats, port: -1 }\nleafnodes { port: -1 }',
      says: 'leaf nodes and gateways (both being defined) require a system account to also be configured',
    },
  },
  {
    values: 'config.resolver without its type',
    rule: 'NATS-RESOLVER',
    why: 'nats-server does not start. Here a resolver is a `NatsResolver` of a kind, and one that keeps JWTs has a system account.',
    props: { auth: NatsAuth.operator({ operators: [OPERATOR_JWTS.operator], resolver: NatsResolver.full() }) },
    server: { config: 'resolver { dir: resolver }', says: 'error parsing account resolver, should be MEM or  URL("url") or a map containing dir and type' },
  },
  {
    values: 'config.cluster.routeURLs.password',
    rule: 'SECRET-LITERAL',
    why: 'In the values, and twice in the ConfigMap, everyone reads it. Here it is a key of a Secret; what the server reads is the same.',
    props: { routes: { authorization: { user: 'foo', password: 'bar' as unknown as SecretKey } } },
  },
  {
    values: 'config.nats.tls.merge.verify_and_map without users',
    rule: 'NATS-TLS-MAP-USERS',
    why: 'There is nobody to whom a certificate could be mapped: every client is verified, and may then do everything.',
    props: { tls: NatsTls.fromSecret('nats-tls', { verifyAndMap: true }) },
  },
  {
    values: 'config.cluster.replicas: 2',
    rule: 'NATS-REPLICAS-EVEN',
    why: 'Two servers stop when one does.',
    props: { replicas: 2 },
  },
  {
    values: 'config.cluster.replicas: 1 with config.jetstream',
    rule: 'NATS-JETSTREAM-ALONE',
    why: 'A JetStream cluster of one never elects a leader.',
    props: { replicas: 1, clustered: true, jetStream: {} },
  },
  {
    values: 'no authentication (the default)',
    rule: 'NATS-AUTH-NONE',
    why: 'Everyone who reaches the port may do everything.',
    props: { auth: NatsAuth.none() },
  },
  {
    values: 'config.cluster.tls, config.gateway.tls without a CA',
    rule: 'NATS-TLS-SYSTEM-CAS',
    why: 'The servers would take whoever has a certificate of a public CA for one of them.',
    props: { tls: NatsTls.fromFiles({ certFile: '/certs/tls.crt', keyFile: '/certs/tls.key' }) },
  },
  {
    values: 'container.ports.<port>.hostPort',
    rule: 'NATS-HOST-PORT',
    why: 'Pod Security `restricted` and `baseline` refuse such pods.',
    props: { tls: NatsTls.fromSecret('nats-tls'), pod: { hostPorts: { client: 4222 } } },
  },
  {
    values: 'service.ports.monitor.enabled',
    rule: 'NATS-MONITORING-OPEN',
    why: 'The monitoring port has no authentication.',
    props: { service: { ports: [{ listener: NatsListener.CLIENT }, { listener: NatsListener.MONITOR }] } },
  },
  {
    values: 'service.ports.profiling.enabled',
    rule: 'NATS-PROFILING-OPEN',
    why: 'The profiling port has no authentication, and a profile shows what is in memory.',
    props: { profiling: {}, service: { ports: [{ listener: NatsListener.CLIENT }, { listener: NatsListener.PROFILING }] } },
  },
  {
    values: 'service.ports.cluster.enabled, service.ports.gateway.enabled in a Service that is reached from outside',
    rule: 'NATS-SERVERS-OPEN',
    why: 'Whoever joins as a server reads everything, so servers have to log in.',
    props: { tls: NatsTls.fromSecret('nats-tls', { verify: true }), external: { sourceRanges: ['192.0.2.0/24'], ports: [{ listener: NatsListener.CLUSTER }] } },
  },
  {
    values: 'service.merge.spec.type: LoadBalancer or NodePort, or a hostPort, without the tls of its listeners',
    rule: 'NATS-PLAIN-OUTSIDE',
    why: 'Passwords, tokens and messages leave the Kubernetes cluster in clear.',
    props: { external: { sourceRanges: ['192.0.2.0/24'] } },
  },
  {
    values: 'service.ports.websocket in a Service that is reached from outside, without config.websocket.tls',
    rule: 'NATS-WEB-SOCKET-PLAIN',
    why: 'Passwords of browsers go over the internet in clear.',
    props: { webSocket: {}, external: { sourceRanges: ['0.0.0.0/0'], ports: [{ listener: NatsListener.WEB_SOCKET }] } },
  },
  {
    values: 'natsBox.contexts.<name>.creds.contents, .nkey.contents, .merge.password',
    rule: 'SECRET-LITERAL',
    why: 'A secret in the values is in Git. Here it is a key of a Secret.',
    props: { natsBox: { contexts: [{ name: 'far', url: 'nats://far:4222', credentials: 'seed' as unknown as SecretKey }] } },
  },
];
