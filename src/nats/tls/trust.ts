import { ClientTls } from './client-tls';
import { ClusterTls, filesOf, verifiesPeers } from './listener-tls';
import { NatsTlsCa } from './nats-tls-ca';
import { asSource, pathOf, TlsFile, TlsFiles } from './tls-files';
import { NatsPodOptions } from '../pod/pod-options';

/** What of a cluster says which files its servers have. */
interface ServersWithTls {
  readonly tls: ClusterTls;
  readonly pod: NatsPodOptions;
}

/** What a container beside the server needs in order to believe it. */
export interface Trust {
  /** Undefined where the CAs of the container's own image have to do. */
  readonly caFile?: string;
  readonly files: TlsFiles;
}

/** The files of all listeners. */
export function serverTlsFiles({ tls, pod }: ServersWithTls): TlsFiles {
  return new TlsFiles('tls', filesOf(tls), pod.volumes);
}

/** The CA of the client listener for a container of the same pod, without the certificate and key that may stand beside it. */
export function trustInPod(servers: ServersWithTls): Trust {
  const ca = clientCa(servers);
  const files = new TlsFiles('trust', ca ? [ca] : [], servers.pod.volumes);
  // A file of the server's image is in no other image.
  return { caFile: ca && files.watched().length > 0 ? pathOf(ca) : undefined, files };
}

/** The volumes of the servers' pods that hold these files. */
export function tlsVolumeNames(servers: ServersWithTls): string[] {
  return [serverTlsFiles(servers), trustInPod(servers).files].flatMap((files) => files.volumes().map(({ name }) => name));
}

/** The CA of the client listener for another pod, unless that names another. */
export function caElsewhere(servers: ServersWithTls, own?: NatsTlsCa): TlsFile | undefined {
  const ca = own ? own._file : clientCa(servers);
  return ca?.kind === 'path' ? undefined : ca;
}

/** TLS of the client listener, as clients see it; undefined where it speaks in clear. */
export function clientTlsOf(servers: ServersWithTls & Pick<ClientTls, 'namespace' | 'certificates'>): ClientTls | undefined {
  const { namespace, certificates, tls: { client } } = servers;
  return client && {
    namespace, certificates, ca: caElsewhere(servers), verifies: verifiesPeers(client), handshakeFirst: client.options.handshakeFirst !== undefined,
  };
}

function clientCa({ tls, pod: { volumes = [] } }: ServersWithTls): TlsFile | undefined {
  return tls.client?.material.ca && asSource(tls.client.material.ca, volumes);
}
