import { AuthState } from './auth/auth-state';
import { NatsCertificates } from './certificates/nats-certificates';
import { ExtraConfig } from './config/extra-config';
import { ResolvedJetStream } from './config/jetstream';
import { Termination } from './config/lame-duck';
import { NatsLimits } from './config/limits';
import { NatsLogging } from './config/logging';
import { Listener } from './network/ports';
import { NatsRoutes } from './network/routes';
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
