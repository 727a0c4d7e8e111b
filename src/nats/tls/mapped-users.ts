import { ClusterTls, isServerLink, listenersOf, propOf } from './listener-tls';
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
