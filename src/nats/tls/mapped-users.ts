import { ClusterTls, listenersOf, propOf } from './listener-tls';
import { Mistake } from '../../core/mistake';

/** Findings about certificates that are to be mapped to users, of which there are none. */
export function mappingFindings(tls: ClusterTls, users: number): Mistake[] {
  if (users > 0) return [];
  return listenersOf(tls).filter(({ listener, options }) => options.verifyAndMap && listener !== 'routes' && listener !== 'gateway').map(({ listener }) => ({
    what: `${propOf(listener)}.verifyAndMap is true, but there are no users to whom certificates could be mapped`,
    allowed: 'together with users',
    fix: 'use verify, or add users',
  }));
}

/** Findings about users who log in by certificate, where no listener maps certificates to users. */
export function certificateUserFindings(tls: ClusterTls, userNames: string[]): Mistake[] {
  if (listenersOf(tls).some(({ options }) => options.verifyAndMap)) return [];
  return userNames.map((name) => ({
    what: `user '${name}' logs in by certificate, but no listener maps certificates to users`,
    allowed: 'where tls has verifyAndMap: true',
    fix: 'set verifyAndMap: true in tls',
  }));
}
