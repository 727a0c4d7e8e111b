import { TlsFile, TlsMaterial } from './tls-files';
import { NatsTlsOptions } from './tls-options';
import { Listener } from '../network/ports';

/** The listeners that speak TLS, by the name of their prop. Monitoring has the certificate of the client listener. */
export type TlsListener = 'client' | 'routes' | 'gateway' | 'leafNodes' | 'webSocket' | 'mqtt';

/** TLS of one listener, every option checked. */
export interface ListenerTls {
  readonly listener: TlsListener;
  readonly material: TlsMaterial;
  readonly options: NatsTlsOptions;
}

/** TLS of a cluster's listeners; absent for those that speak in clear, or are not there. */
export type ClusterTls = { readonly [listener in TlsListener]?: ListenerTls };

/** In the order of their names. */
export function listenersOf(tls: ClusterTls): ListenerTls[] {
  return Object.values(tls).sort((a, b) => a.listener < b.listener ? -1 : 1);
}

/** All files that the servers read. */
export function filesOf(tls: ClusterTls): TlsFile[] {
  return listenersOf(tls).flatMap(({ material: { cert, key, ca } }) => [cert, key, ...ca ? [ca] : []]);
}

/** Whether who connects must show a certificate: the servers of routes and gateways must, whatever is said. */
export function verifiesPeers({ listener, options }: ListenerTls): boolean {
  return isServerLink(listener) || options.verify === true || options.verifyAndMap === true;
}

/** Servers connect to servers, each being client and server of the other. */
export function isServerLink(listener: TlsListener): boolean {
  return listener === 'routes' || listener === 'gateway';
}

/** The prop in which TLS of a listener is said. */
export function propOf(listener: TlsListener): string {
  return listener === 'client' ? 'tls' : `${listener}.tls`;
}

/** The listeners with the protocols that they speak with TLS. */
export function withTls(listeners: Listener[], tls: ClusterTls, httpsMonitoring: boolean): Listener[] {
  const secured = ({ prop }: Listener) => prop === 'monitor' ? httpsMonitoring : (prop === 'cluster' ? 'routes' : prop) in tls;
  return listeners.map((listener) => secured(listener) ? { ...listener, appProtocol: listener.appProtocol === 'http' ? 'https' : 'tls' } : listener);
}
