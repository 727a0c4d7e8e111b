import { ClusterTls, isServerLink, listenersOf, propOf, TlsListener } from './listener-tls';
import { Mistake } from '../../core/mistake';

/** Findings about certificates that are to be mapped to users, of which there are none. */
export function mappingFindings(tls: ClusterTls, users: number): Mistake[] {
  if (users > 0) return [];
  return listenersOf(tls).filter(({ listener, options }) => options.verifyAndMap && !isServerLink(listener)).map(({ listener }) => ({
    what: `${propOf(listener)}.verifyAndMap is true, but there are no users to whom certificates could be mapped`,
    allowed: 'together with users',
    fix: 'use verify, or add users',
  }));
}

/**
 * Findings about users who log in by certificate alone, and listeners that do not map certificates to users: before 2.15, the server lets
 * such a user in there with an empty password.
 *
 * @param listeners those to which clients connect, with TLS or without
 */
export function certificateUserFindings(
  { tls, listeners, version }: { tls: ClusterTls; listeners: TlsListener[]; version?: [major: number, minor: number] }, userNames: string[],
): Mistake[] {
  const notMapping = listeners.filter((listener) => !tls[listener]?.options.verifyAndMap);
  const asksForCertificates = version !== undefined && (version[0] > 2 || version[1] >= 15);
  if (notMapping.length === 0 || (asksForCertificates && notMapping.length < listeners.length)) return [];
  return userNames.map((name) => ({
    what: `user '${name}' logs in by certificate, but certificates are not mapped to users by ${notMapping.map(propOf).join(' and ')}`,
    allowed: 'where each listener of clients has verifyAndMap: true, or with nats-server 2.15 one of them',
    fix: 'set verifyAndMap: true in tls',
  }));
}
