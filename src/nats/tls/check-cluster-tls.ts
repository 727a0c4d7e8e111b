import { Construct } from 'constructs';
import { TlsListener } from './listener-tls';
import { mappingFindings } from './mapped-users';
import { TLS_MAP_USERS } from './tls-rules';
import { checkAtSynth } from '../../core/rules';
import { outsideHosts } from '../certificates/certificate-names';
import { CERTIFICATE_USAGE, checkCertificates, clientCertificateFindings } from '../certificates/certificate-rules';
import { ClusterState } from '../cluster-state';
import { LEAF_TLS, leafTrustFindings } from '../config/leaf-node-tls';
import { ListenerUrls } from '../network/listener-urls';
import { podNamesOf, serverHosts } from '../network/routes';

/** Checks at synth what TLS of a cluster's listeners is used for: by users, by names, and by other servers. */
export function checkClusterTls(scope: Construct, state: ClusterState, urls: ListenerUrls): void {
  const { namespace, tls, clustered, httpsMonitoring, exporter, extraConfig, auth, leafRemotes, gateway } = state;
  checkAtSynth(scope, TLS_MAP_USERS, () => 'accounts' in extraConfig ? [] : mappingFindings(tls, auth.users.length));
  checkAtSynth(scope, CERTIFICATE_USAGE, () => [
    ...leafRemotes.map(({ tls: client }, index) => ({ prop: `leafNodes.remotes[${index}].tls`, client })),
    ...(gateway?.remoteTls ?? []).map((client) => ({ prop: 'gateway.remotes.tls', client })),
    { prop: 'the resolver', client: auth.operator?.resolver._tls },
  ].flatMap(({ prop, client }) => clientCertificateFindings(scope, prop, client?.certificate?.cert, namespace)));
  checkAtSynth(scope, LEAF_TLS, () => leafRemotes.flatMap(({ options, tls: client }, index) =>
    leafTrustFindings({ scope, namespace }, `leafNodes.remotes[${index}]`, options, client)));
  const needed = { routes: clustered ? serverHosts(state) : [], client: httpsMonitoring && exporter ? ['localhost'] : [] };
  checkCertificates(scope, { tls, namespace, needed, dialed: dialedHosts(state, urls) });
}

function dialedHosts(state: ClusterState, urls: ListenerUrls): { [listener in TlsListener]?: string[] } {
  const outside = { addresses: state.advertised, podNames: podNamesOf(state) };
  const listeners: TlsListener[] = ['client', 'routes', 'gateway', 'leafNodes', 'webSocket', 'mqtt'];
  return Object.fromEntries(listeners.map((listener) => {
    const url = urls[listener];
    return [listener, [...url === undefined ? [] : [hostOf(url)], ...outsideHosts(outside, listener)]];
  }));
}

function hostOf(url: string): string {
  return url.replace(/^[a-z]+:\/\//, '').replace(/:\d+$/, '');
}
