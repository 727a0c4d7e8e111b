import { duration } from '../jetstream/rules/words';

/** Fields that are times, in milliseconds. */
const times = new Set([
  'maxAge', 'duplicateWindow', 'subjectDeleteMarkerTtl', 'inactiveThreshold', 'ackWait', 'backoff', 'heartbeat', 'maxRequestExpires', 'pinnedTtl', 'ttl', 'limitMarkerTtl',
]);

/** A value of a field for a reader; undefined if there is none. */
export function readable(field: string, value: unknown): string | undefined {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.map((item) => readable(field, item)).join(', ');
  if (typeof value === 'number' && times.has(field)) return duration(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
