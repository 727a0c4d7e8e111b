import { createHash } from 'crypto';
import { DNS_SUBDOMAIN, isName } from '../core/names';

/** What stays of a name that has to be shortened for its hash. */
const LONGEST_READABLE = DNS_SUBDOMAIN.maxLength - 9;

/**
 * The name of the Kubernetes object of a stream, bucket or consumer: its own names with dots between, and a short hash only where they had to be
 * changed, because `ORDERS`, `Orders` and `orders` are three streams. Neither may hold a dot, so that no two consumers have the same.
 */
export function resourceName(...names: string[]): string {
  const plain = names.join('.');
  if (isName(plain, DNS_SUBDOMAIN)) return plain;
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 8);
  const readable = names.map(slug).filter(Boolean).join('.').slice(0, LONGEST_READABLE).replace(/[-.]+$/, '');
  return readable ? `${readable}-${hash}` : hash;
}

/** What of a text may stand in a name of Kubernetes. */
export function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}
