import { ChangeEffect, DistChange } from './dist-change';
import { textTable } from '../core/output/text-table';

/** By what a change is named where it is accepted: `production/Stream/messaging/orders/maxAge`. */
export function keyOf({ environment, kind, namespace, name, field }: DistChange): string {
  return [environment, kind, namespace, name, field].filter((part) => part !== undefined).join('/');
}

/** The changes as a table, and below it what is to be known of those that are not safe. */
export function changesForPeople(changes: DistChange[]): string {
  if (changes.length === 0) return 'no changes of streams, consumers, buckets, volumes and StatefulSets\n';
  const rows = changes.map((change) => [change.effect.toUpperCase(), keyOf(change), `${change.before ?? '-'} -> ${change.after ?? '-'}`]);
  const explained = changes.filter(({ effect, reason }) => effect !== ChangeEffect.SAFE && reason);
  return [
    textTable([['EFFECT', 'WHAT', 'CHANGE'], ...rows.map((row) => row.map(shortened))]),
    ...explained.map((change) => `${change.effect.toUpperCase()} ${keyOf(change)}\n  ${change.reason}\n${change.advice ? `  safe way: ${change.advice}\n` : ''}`),
  ].join('\n');
}

/** The changes for programs. */
export function changesForPrograms(changes: DistChange[]): string {
  return `${JSON.stringify(changes.map((change) => ({ key: keyOf(change), ...change })), undefined, 2)}\n`;
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}
