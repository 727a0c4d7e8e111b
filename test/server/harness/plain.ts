/** Go's zero time, which NACK sends for none. */
const NEVER = '0001-01-01T00:00:00Z';

/** A request or configuration as JSON, without what the server adds, and what says no more than would be said without it. */
export function plain(request: unknown): unknown {
  return JSON.parse(JSON.stringify(request), (_, value) => {
    if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).filter(([key, one]) => !key.startsWith('_nats.') && !isEmpty(one)));
  });
}

function isEmpty(value: unknown): boolean {
  return [null, false, '', 0, -1, 'none', 'default', NEVER].includes(value as never) || (typeof value === 'object' && Object.keys(value!).length === 0);
}
