import { MappingsBySource } from './auth/account-mappings';
import { AuthState } from './auth/auth-state';
import { NatsCertificates } from './certificates/nats-certificates';
import { ExtraConfig } from './config/extra-config';
import { GatewayState } from './config/gateway-state';
import { ResolvedJetStream } from './config/jetstream';
import { Termination } from './config/lame-duck';
import { ResolvedRemote } from './config/leaf-node-remotes';
import { NatsLeafNodeOptions } from './config/leaf-nodes';
import { NatsLimits } from './config/limits';
import { NatsLogging } from './config/logging';
import { NatsMqttOptions } from './config/mqtt';
import { NatsProfilingOptions } from './config/profiling';
import { NatsWebSocketOptions } from './config/web-socket';
import { NatsVersion } from './nats-version';
import { AdvertisedAddresses } from './network/advertise';
import { NatsNetworkPolicyOptions } from './network/network-policy';
import { Listener } from './network/ports';
import { NatsRoutes } from './network/routes';
import { ServiceState } from './network/services';
import { ResolvedResources } from './pod/container-resources';
import { ExporterState } from './pod/exporter';
import { NatsImages } from './pod/images';
import { NatsPodOptions } from './pod/pod-options';
import { RenderedProbes } from './pod/probes';
import { ReloaderState } from './pod/reloader';
import { RenderedUpdate } from './pod/update';
import { ClusterTls } from './tls/listener-tls';
import { NatsOcspStapling } from './tls/ocsp-stapling';

/** A cluster as its props describe it, with all defaults in place and every value checked: what the renderers read. */
export interface ClusterState {
  readonly name: string;
  readonly headlessServiceName: string;
  readonly configMapName: string;
  readonly serviceAccountName: string;
  readonly namespace?: string;
  /** Labels of the servers' pods, by which everything selects them. */
  readonly podLabels: { [label: string]: string };
  readonly replicas: number;
  readonly clustered: boolean;
  readonly clusterName: string;
  readonly serverNamePrefix: string;
  readonly serverTags: string[];
  readonly zoneTag: boolean;
  readonly routes: NatsRoutes;
  readonly listeners: Listener[];
  readonly version: NatsVersion;
  readonly gateway?: GatewayState;
  readonly leafNodes?: NatsLeafNodeOptions;
  readonly leafRemotes: ResolvedRemote[];
  readonly webSocket?: NatsWebSocketOptions;
  readonly mqtt?: NatsMqttOptions;
  readonly profiling?: NatsProfilingOptions;
  readonly proxyProtocol?: boolean;
  readonly trustedProxies?: string[];
  readonly advertised: AdvertisedAddresses;
  readonly service: ServiceState;
  readonly external?: ServiceState;
  readonly externalName: string;
  readonly networkPolicy: NatsNetworkPolicyOptions;
  /** Whether a NetworkPolicy closes the servers. */
  readonly networkClosed: boolean;
  readonly tls: ClusterTls;
  /** What the cluster makes certificates with, where it does. */
  readonly certificates?: NatsCertificates;
  readonly httpsMonitoring: boolean;
  readonly ocspStapling?: NatsOcspStapling;
  readonly jetStream?: ResolvedJetStream;
  readonly limits: NatsLimits;
  readonly logging: NatsLogging;
  readonly termination: Termination;
  readonly auth: AuthState;
  /** Mappings outside of accounts. */
  readonly mappings: MappingsBySource;
  readonly extraConfig: ExtraConfig;
  readonly resources: ResolvedResources;
  readonly images: NatsImages;
  readonly pod: NatsPodOptions;
  readonly probes: RenderedProbes;
  readonly update: RenderedUpdate;
  readonly reloader?: ReloaderState;
  readonly exporter?: ExporterState;
  readonly secretRevision?: string;
}
