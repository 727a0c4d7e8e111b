import { ClusterTls, isServerLink, listenersOf, propOf, TlsListener } from './listener-tls';
import { Mistake } from '../../core/mistake';
import { NatsConnectionType } from '../auth/nats-user';
import { ClusterState } from '../cluster-state';

/** The listener to which a client connects. */
const listenerOf: { readonly [type in NatsConnectionType]: TlsListener & keyof ClusterTls } = {
  [NatsConnectionType.STANDARD]: 'client',
  [NatsConnectionType.WEBSOCKET]: 'webSocket',
  [NatsConnectionType.LEAFNODE]: 'leafNodes',
  [NatsConnectionType.LEAFNODE_WS]: 'webSocket',
  [NatsConnectionType.MQTT]: 'mqtt',
  [NatsConnectionType.MQTT_WS]: 'webSocket',
};

/** Findings about certificates that are to be mapped to users, of which there are none. */
export function mappingFindings(tls: ClusterTls, users: number): Mistake[] {
  if (users > 0) return [];
  return listenersOf(tls).filter(({ listener, options }) => options.verifyAndMap && !isServerLink(listener)).map(({ listener }) => ({
    what: `${propOf(listener)}.verifyAndMap is true, but there are no users to whom certificates could be mapped`,
    allowed: 'together with users',
    fix: 'use verify, or add users',
  }));
}

/** Findings about users who log in by certificate where the servers do not look at it, and let them in without a password. */
export function unmappedUserFindings({ auth, tls, listeners }: Pick<ClusterState, 'auth' | 'tls' | 'listeners'>): Mistake[] {
  const present = new Set<string>(listeners.map(({ prop }) => prop));
  const unmapped = new Map<TlsListener, string[]>();
  for (const { userName, _certificateSubject, _connectionTypes = [] } of auth.users) {
    if (_certificateSubject === undefined) continue;
    for (const listener of new Set(_connectionTypes.map((type) => listenerOf[type]))) {
      if (present.has(listener) && !tls[listener]?.options.verifyAndMap) unmapped.set(listener, [...unmapped.get(listener) ?? [], `'${userName}'`]);
    }
  }
  return [...unmapped].map(([listener, users]) => ({
    what: `${users.sort().join(', ')} log in by certificate, but ${propOf(listener)} does not map certificates to users`,
    allowed: `${propOf(listener)} with verifyAndMap`,
    fix: listener === 'client' ? 'set verifyAndMap: true' : 'set verifyAndMap: true, or leave it out of allowedConnectionTypes',
  }));
}
