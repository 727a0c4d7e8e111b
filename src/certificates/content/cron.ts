/** A field of a cron schedule: its bounds, and the names that its numbers have. */
interface CronField {
  readonly min: number;
  readonly max: number;
  readonly names?: string[];
}

const fields: CronField[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

/**
 * Whether cert-manager reads a text as a cron schedule of five fields: minute, hour, day of the month, month and day of the week.
 * @see https://github.com/cert-manager/cert-manager/blob/v1.21.2/internal/cron/parser.go
 */
export function isCron(text: string): boolean {
  const parts = text.trim().split(/\s+/);
  return parts.length === fields.length && parts.every((part, index) => part.split(',').every((range) => isRange(range, fields[index])));
}

/** `*`, a number, or two with a dash between; each with a step behind a slash. */
function isRange(range: string, field: CronField): boolean {
  const [, low, high, step] = /^([^-/]+)(?:-([^-/]+))?(?:\/(\d+))?$/.exec(range) ?? [];
  if (low === undefined || step === '0' || Number(step) === 0) return false;
  if (low === '*' || low === '?') return true;
  const first = numberOf(low, field);
  const last = high === undefined ? first : numberOf(high, field);
  return first >= field.min && last <= field.max && first <= last;
}

function numberOf(text: string, { min, names = [] }: CronField): number {
  const index = names.indexOf(text.toLowerCase());
  if (index >= 0) return min + index;
  return /^\d+$/.test(text) ? Number(text) : NaN;
}
