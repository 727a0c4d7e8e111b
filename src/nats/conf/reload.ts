import { ConfBlock, ConfValue, isBlock, optionsOf } from './conf-value';
import { RELOADED, RESTARTED_WITHIN } from './reload-table';

/**
 * The configuration without the options that a reload applies. Where two configurations differ in what is left, a running server must
 * be restarted to get from one to the other: it refuses the reload, or keeps on as before.
 *
 * An option that the table does not know counts as one that needs a restart, and so does a block that comes or goes.
 */
export function restartConfig(block: ConfBlock): ConfBlock {
  return withoutReloaded(block, []);
}

const reloaded = new Set(RELOADED);
const restartedWithin = new Set(RESTARTED_WITHIN);

function withoutReloaded(block: ConfBlock, parents: string[]): ConfBlock {
  const kept: { [key: string]: ConfValue } = {};
  for (const [key, value] of optionsOf(block)) {
    const path = [...parents, key];
    const rest = reloaded.has(path.join('.')) ? restartedIn(value, path) : inner(value, path);
    if (rest !== undefined) kept[key] = rest;
  }
  return kept;
}

function inner(value: ConfValue, path: string[]): ConfValue {
  if (isBlock(value)) return withoutReloaded(value, path);
  return Array.isArray(value) ? value.map((element) => inner(element, [...path, '*'])) : value;
}

function restartedIn(value: ConfValue, path: string[]): ConfValue | undefined {
  if (!isBlock(value)) return undefined;
  const kept = path.join('.') === 'accounts' ? importersOfServices(value) : refusedIn(value, path);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function refusedIn(block: ConfBlock, path: string[]): [key: string, value: ConfValue][] {
  return optionsOf(block).filter(([key]) => restartedWithin.has([...path, key].join('.')));
}

/** An account that comes with a reload has the services that it imports only after the next one: a restart does it at once. */
function importersOfServices(accounts: ConfBlock): [name: string, account: ConfBlock][] {
  const isService = (item: ConfValue | undefined) => isBlock(item) && item.service !== undefined;
  const imports = (account: ConfValue) => isBlock(account) && [account.imports].flat().some(isService);
  return optionsOf(accounts).filter(([, account]) => imports(account)).map(([name]) => [name, {}]);
}
