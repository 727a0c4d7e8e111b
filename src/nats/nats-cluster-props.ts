import { NatsMapping } from './auth/account-mappings';
import { NatsAuthOptions } from './auth/auth-options';
import { NatsAccountProps } from './auth/nats-account';
import { NatsAuth } from './auth/nats-auth';
import { NatsBoxOptions } from './box/nats-box';
import { NatsGatewayOptions } from './config/gateway';
import { NatsJetStreamOptions } from './config/jetstream';
import { NatsLameDuck } from './config/lame-duck';
import { NatsLeafNodeOptions } from './config/leaf-nodes';
import { NatsLimits } from './config/limits';
import { NatsLogging } from './config/logging';
import { NatsMqttOptions } from './config/mqtt';
import { NatsProfilingOptions } from './config/profiling';
import { NatsWebSocketOptions } from './config/web-socket';
import { NatsVersion } from './nats-version';
import { NatsExternalAccess } from './network/external-access';
import { NatsNetworkPolicyOptions } from './network/network-policy';
import { NatsPorts } from './network/ports';
import { NatsRoutes } from './network/routes';
import { NatsServiceOptions } from './network/services';
import { ContainerResources } from './pod/container-resources';
import { NatsExporterOptions } from './pod/exporter';
import { NatsImages } from './pod/images';
import { NatsPodOptions } from './pod/pod-options';
import { NatsProbes } from './pod/probes';
import { NatsReloaderOptions } from './pod/reloader';
import { NatsUpdateOptions } from './pod/update';
import { NatsTls } from './tls/nats-tls';
import { NatsOcspStapling } from './tls/ocsp-stapling';

/** A cluster of NATS servers. */
export interface NatsClusterProps {
  /**
   * Name of the StatefulSet and of the Service that clients dial, and beginning of all other names: lower-case letters, digits and -,
   * beginning with a letter, at most 52. Another name throws.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Number of servers. An even number is guarded (NATS-REPLICAS-EVEN).
   *
   * **Changing it from 1 destroys streams**: a single server that joins a cluster removes what it had. Back up with `nats account backup`,
   * deploy the cluster, and restore with `nats account restore`.
   * @default 3
   */
  readonly replicas?: number;
  /**
   * Whether the servers form a cluster.
   * @default - true for more than one server
   */
  readonly clustered?: boolean;
  /**
   * How clients authenticate. Without it, and without users that `addUser` or accounts have, the synth fails (NATS-AUTH-UNSAID).
   * @default - users that `addUser` adds
   */
  readonly auth?: NatsAuth;
  /**
   * What holds for all who log in.
   * @default - see NatsAuthOptions
   */
  readonly authOptions?: NatsAuthOptions;
  /**
   * Accounts; `addAccount` adds more. Beside them, users outside of accounts have no JetStream (NATS-GLOBAL-USERS).
   * @default - none: all users share everything
   */
  readonly accounts?: NatsAccountProps[];
  /**
   * Mappings of what users outside of accounts publish; accounts have their own. Two for one subject throw.
   * @default - none
   */
  readonly mappings?: NatsMapping[];
  /**
   * JetStream.
   * @default - none
   */
  readonly jetStream?: NatsJetStreamOptions;
  /**
   * Name of the cluster among the servers; part of what JetStream stores, so it is never changed later. Spaces throw.
   * @default - `name`; with a gateway `<namespace>-<name>`
   */
  readonly clusterName?: string;
  /**
   * Put before the name of each pod to name its server: server names are unique in a super cluster. JetStream finds its data by the names of servers: never
   * change it later.
   * @default - none; with a gateway `<clusterName>-`
   */
  readonly serverNamePrefix?: string;
  /**
   * Tags of all servers, such as `region:eu`, for placing streams. The server keeps them in lower case. Applied by reload.
   * @default - none
   */
  readonly serverTags?: string[];
  /**
   * Adds the tag `zone:<zone>` to each server, from the label `topology.kubernetes.io/zone` that Kubernetes 1.35 and later gives to pods. On an older
   * Kubernetes the servers refuse to start, and say why.
   * @default false
   */
  readonly zoneTag?: boolean;
  /**
   * Routes between the servers.
   * @default - see NatsRoutes
   */
  readonly routes?: NatsRoutes;
  /**
   * A gateway, which makes the cluster part of a super cluster.
   * @default - none
   */
  readonly gateway?: NatsGatewayOptions;
  /**
   * Leaf nodes: others that connect to the servers, and others to which the servers connect.
   * @default - none
   */
  readonly leafNodes?: NatsLeafNodeOptions;
  /**
   * WebSocket clients.
   * @default - none
   */
  readonly webSocket?: NatsWebSocketOptions;
  /**
   * MQTT clients.
   * @default - none
   */
  readonly mqtt?: NatsMqttOptions;
  /**
   * Profiles of the servers.
   * @default - none
   */
  readonly profiling?: NatsProfilingOptions;
  /**
   * Whether the servers read the PROXY header (version 1 or 2) at the beginning of a client's connection, by which a load balancer tells the client's address.
   * Clients that come without one are served too; one that reaches the servers itself may claim any address. With TLS it throws before nats-server 2.14, which
   * does not read it there. Changing it restarts the servers.
   * @default false
   */
  readonly proxyProtocol?: boolean;
  /**
   * Public nkeys of NATS proxies that are trusted. Changing the list is applied by reload. A server that runs crashes when it gets the list, or loses it, by
   * a reload: the list therefore comes and goes with a ConfigMap of another name, and by restarts. Give an empty list from the first day if it may be needed.
   * @default - none
   */
  readonly trustedProxies?: string[];
  /**
   * Address that servers tell clients, where clients cannot reach the addresses of pods, as behind `external`: a host and a port. `$(POD_NAME)` and `$(HOST_IP)` in it
   * stand for the name of the pod and the address of its node. It is told only with `routes.advertise`. Applied by reload.
   * @default - the addresses of the pods
   */
  readonly clientAdvertise?: string;
  /**
   * Version of the servers, by which options are refused that they do not know. One that contradicts the tag of `images.server` throws.
   * @default - what the tag of `images.server` tells
   */
  readonly version?: NatsVersion;
  /**
   * TLS of the client listener, and of every other listener that says nothing of its own: each has this certificate and CA, and the same versions, cipher suites and
   * curves. Whether certificates are verified and mapped, pinned, or asked for by OCSP, concerns all but routes and gateways, whose servers verify each other always;
   * `handshakeFirst` and `connectionRateLimit` concern clients alone.
   *
   * Turning it on or off in a running cluster cuts clients off from servers that have restarted.
   * @default - none: everything is in clear
   */
  readonly tls?: NatsTls;
  /**
   * Whether monitoring is over HTTPS, with the certificate of the client listener, which then needs the name `localhost` where there is an exporter. Without TLS for
   * clients it throws.
   * @default - true if the cluster makes its certificate itself, with names of its own; else false
   */
  readonly httpsMonitoring?: boolean;
  /**
   * OCSP stapling. Without TLS it throws.
   * @default - the server's: certificates that must be stapled, are
   */
  readonly ocspStapling?: NatsOcspStapling;
  /**
   * Ports. A port that two listeners share throws.
   * @default - see NatsPorts
   */
  readonly ports?: NatsPorts;
  /**
   * Limits of each server.
   * @default - the server's
   */
  readonly limits?: NatsLimits;
  /**
   * How a server lets go of its clients.
   * @default - see NatsLameDuck
   */
  readonly lameDuck?: NatsLameDuck;
  /**
   * What the servers log.
   * @default - see NatsLogging
   */
  readonly logging?: NatsLogging;
  /**
   * CPU and memory of each server. Four fifths of the memory limit become GOMEMLIMIT.
   * @default - with JetStream 1 core and 2 GiB, without 0.25 cores and 512 MiB
   */
  readonly resources?: ContainerResources;
  /**
   * The pods of the servers.
   * @default - see NatsPodOptions
   */
  readonly pod?: NatsPodOptions;
  /**
   * Probes.
   * @default - see NatsProbeOptions
   */
  readonly probes?: NatsProbes;
  /**
   * How a change reaches the servers.
   * @default - see NatsUpdateOptions
   */
  readonly update?: NatsUpdateOptions;
  /**
   * Images.
   * @default - see NatsImages
   */
  readonly images?: NatsImages;
  /**
   * The sidecar that reloads the configuration.
   * @default - see NatsReloaderOptions
   */
  readonly reloader?: NatsReloaderOptions;
  /**
   * A Prometheus exporter.
   * @default - none
   */
  readonly exporter?: NatsExporterOptions;
  /**
   * A pod with the command line tools.
   * @default - none
   */
  readonly natsBox?: NatsBoxOptions;
  /**
   * The Service that clients dial.
   * @default - see NatsServiceOptions
   */
  readonly service?: NatsServiceOptions;
  /**
   * A further Service, for those outside the Kubernetes cluster.
   * @default - none
   */
  readonly external?: NatsExternalAccess;
  /**
   * Who may reach the servers.
   * @default - see NatsNetworkPolicyOptions
   */
  readonly networkPolicy?: NatsNetworkPolicyOptions;
  /**
   * Any text. Change it when a Secret has changed: the servers read passwords and keys at their start, and restart when this changes.
   * @default - none
   */
  readonly secretRevision?: string;
  /**
   * Options of nats.conf that have no prop, merged into the rest: texts (always quoted), whole numbers, booleans, `Duration`, `Size`, lists and maps of
   * these, `NatsVariable`, `NatsInclude`, and `SecretKey` for secrets. An option that has a prop throws, as does a secret in clear; one that no supported
   * server knows fails the synth until it is acknowledged.
   * @default - none
   * @see https://docs.nats.io/running-a-nats-service/configuration
   */
  readonly extraConfig?: { [option: string]: any };
}
