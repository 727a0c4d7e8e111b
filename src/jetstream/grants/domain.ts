import { API } from './subjects';
import { Grant } from '../../nats/auth/grant';

/** Where a user's servers are, seen from the JetStream domain of the granted stream. */
export enum DomainSide {
  /** In it, or not known: both as in the domain, and as from outside. */
  ANY = 'any',
  /** Outside, behind a leaf node: there, the plain subjects mean the JetStream of the leaf node. */
  OUTSIDE = 'outside',
}

/**
 * A grant for users who name the domain. Servers in the domain take its name away before they look at permissions, so that there the plain subjects count. Keys
 * of buckets are written by the API from outside; acknowledgements, flow control and messages have the same subjects everywhere.
 */
export function inDomain(grant: Grant, domain: string, side: DomainSide): Grant {
  const outside = (subject: string) => {
    if (subject.startsWith(`${API}.`)) return `$JS.${domain}.API${subject.slice(API.length)}`;
    return subject.startsWith('$KV.') ? `$JS.${domain}.API.${subject}` : subject;
  };
  const named = grant.publish?.map(outside);
  return { ...grant, publish: side === DomainSide.OUTSIDE ? named : named && [...grant.publish!, ...named] };
}
