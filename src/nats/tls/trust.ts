import { ClusterTls, filesOf, TlsListener, verifiesPeers } from './listener-tls';
import { ClientTls, filesOfClient } from './nats-client-tls';
import { OfferedTls } from './offered-tls';
import { asSource, pathOf, TlsFile, TlsFiles } from './tls-files';
import { NatsPodOptions } from '../pod/pod-options';

/** What of a cluster says which files its servers have. */
export interface ServersWithTls extends Pick<OfferedTls, 'namespace' | 'certificates'> {
  readonly tls: ClusterTls;
  readonly pod: NatsPodOptions;
  readonly leafRemotes: readonly { readonly tls?: ClientTls; readonly proxyTls?: ClientTls }[];
  readonly gateway?: { readonly remoteTls: ClientTls[] };
  readonly auth: { readonly operator?: { readonly resolver: { readonly _tls?: ClientTls } } };
}

/** What a container beside the server needs in order to believe it. */
export interface Trust {
  /** Undefined where the CAs of the container's own image have to do. */
  readonly caFile?: string;
  readonly files: TlsFiles;
}

/** The files of all listeners, and of all connections that the servers make. */
export function serverTlsFiles({ tls, pod, leafRemotes, gateway, auth }: ServersWithTls): TlsFiles {
  const clients = [...leafRemotes.flatMap((remote) => [remote.tls, remote.proxyTls]), ...gateway?.remoteTls ?? [], auth.operator?.resolver._tls];
  return new TlsFiles('tls', [...filesOf(tls), ...clients.flatMap((client) => client ? filesOfClient(client) : [])], pod.volumes);
}

/** The CA of the client listener for a container of the same pod, without the certificate and key that may stand beside it. */
export function trustInPod(servers: ServersWithTls): Trust {
  const ca = caOf(servers, 'client');
  const files = new TlsFiles('trust', ca ? [ca] : [], servers.pod.volumes);
  // A file of the server's image is in no other image.
  return { caFile: ca && files.watched().length > 0 ? pathOf(ca) : undefined, files };
}

/** The volumes of the servers' pods that hold these files. */
export function tlsVolumeNames(servers: ServersWithTls): string[] {
  return [serverTlsFiles(servers), trustInPod(servers).files].flatMap((files) => files.volumes().map(({ name }) => name));
}

/** TLS of a listener, as those see it who connect from another pod; undefined where it speaks in clear. */
export function offeredTls(servers: ServersWithTls, listener: TlsListener): OfferedTls | undefined {
  const { namespace, certificates, tls: { [listener]: tls } } = servers;
  if (!tls) return undefined;
  const ca = caOf(servers, listener);
  return {
    namespace, certificates, ca: ca?.kind === 'path' ? undefined : ca, verifies: verifiesPeers(tls), handshakeFirst: tls.options.handshakeFirst !== undefined,
  };
}

function caOf({ tls, pod: { volumes = [] } }: ServersWithTls, listener: TlsListener): TlsFile | undefined {
  const ca = tls[listener]?.material.ca;
  return ca && asSource(ca, volumes);
}
