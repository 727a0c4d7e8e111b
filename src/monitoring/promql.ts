/** What a server tells as long as it lives, and no longer. */
export const LIVE_METRIC = 'nats_connz_limit';

/** A matcher of series by the value of a label. */
export function is(label: string, value: string): string {
  return `${label}=${quoted(value)}`;
}

/** A matcher of series by several values of a label. */
export function isOneOf(label: string, values: Iterable<string>): string {
  const sorted = [...new Set(values)].sort();
  return sorted.length === 1 ? is(label, sorted[0]) : `${label}=~${quoted(sorted.map(escaped).join('|'))}`;
}

/** A matcher of series by a regular expression. */
export function matches(label: string, regex: string): string {
  return `${label}=~${quoted(regex)}`;
}

/** A selector of series. */
export function series(metric: string, ...matchers: string[]): string {
  return matchers.length === 0 ? metric : `${metric}{${matchers.join(', ')}}`;
}

/** A text that a regular expression of Prometheus takes as it is. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A text as PromQL writes it; JSON's escapes are among those that Go knows. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
