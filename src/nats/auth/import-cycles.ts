import { NatsExport } from './account-exports';
import { NatsImport } from './account-imports';
import { collide, covers, hasWildcard } from '../subject';
import { withWildcards } from '../subject-transform';

interface Account {
  readonly accountName: string;
  readonly _exports: NatsExport[];
  readonly _imports: NatsImport[];
}

type Accounts = ReadonlyMap<string, Account>;

/** Whether nats-server sees messages of this import come back to the importer, once all imports of all accounts are there. */
export function formsCycle(importer: Account, imported: NatsImport, accounts: Accounts): boolean {
  const exporter = accounts.get(imported.account)!;
  if (imported._kind === 'service') {
    const from = hasWildcard(imported.subject) ? withWildcards(imported._localSubject) : imported._localSubject;
    return comesBack(exporter, from, new Set([importer.accountName]), accounts, servicesOf);
  }
  return [imported._localSubject, imported.subject].some((subject) =>
    comesBack(exporter, subject, new Set([importer.accountName]), accounts, streamsOf));
}

/** An import as the search for cycles sees it: by what it is asked, and as what it goes on. */
interface Step {
  readonly account: string;
  readonly meets: string;
  readonly becomes: string;
}

function comesBack(
  account: Account, subject: string, visited: Set<string>, accounts: Accounts, stepsOf: (account: Account, subject: string) => Step[],
): boolean {
  return stepsOf(account, subject).some((step) => {
    if (!collide(subject, step.meets)) return false;
    if (visited.has(step.account)) return true;
    visited.add(account.accountName);
    const next = accounts.get(step.account);
    return next !== undefined && comesBack(next, covers(step.becomes, subject) ? step.becomes : subject, visited, accounts, stepsOf);
  });
}

function servicesOf({ _imports }: Account): Step[] {
  return _imports.filter(({ _kind }) => _kind === 'service').map(({ account, subject, _localSubject }) => {
    const transformed = hasWildcard(subject) && subject !== _localSubject;
    return { account, meets: transformed ? withWildcards(subject) : subject, becomes: transformed ? withWildcards(_localSubject) : _localSubject };
  });
}

/** A stream goes no further from an account that does not export it. */
function streamsOf({ _exports, _imports }: Account, subject: string): Step[] {
  if (!_exports.some((exported) => exported._kind === 'stream' && covers(exported.subject, subject))) return [];
  return _imports.filter(({ _kind }) => _kind === 'stream').map(({ account, subject: from, _localSubject }) => {
    const local = hasWildcard(from) ? withWildcards(_localSubject) : _localSubject;
    return { account, meets: local, becomes: local };
  });
}
