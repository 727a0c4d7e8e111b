import { NatsExport } from './account-exports';
import { NatsImport } from './account-imports';
import { formsCycle } from './import-cycles';
import { Mistake } from '../../core/mistake';
import { covers, hasWildcard } from '../subject';
import { transformMistake, withPlaceholders, withWildcards } from '../subject-transform';

/** An account as others see it. */
export interface TradingAccount {
  readonly accountName: string;
  /** @internal */
  readonly _exports: NatsExport[];
  /** @internal */
  readonly _imports: NatsImport[];
}

/** The accounts of a server by name. */
export type TradingAccounts = ReadonlyMap<string, TradingAccount>;

/** The imports of an account that nats-server refuses, or accepts only by chance. */
export function importFindings(importer: TradingAccount, accounts: TradingAccounts): Mistake[] {
  const seen = new Set<string>();
  return importer._imports.flatMap((imported) => {
    const what = `the import of ${imported._kind} '${imported.subject}' from ${imported.account}`;
    // The server tells streams apart by what they are there, services by what they become here.
    const identity = [imported._kind, imported.account, imported._kind === 'stream' ? imported.subject : imported._localSubject].join(' ');
    const repeated = seen.has(identity);
    seen.add(identity);
    const exporter = accounts.get(imported.account);
    if (!exporter) return [{ what: `${what} is from an account that is not there`, allowed: [...accounts.keys()].sort().join(', '), fix: 'add the account' }];
    if (repeated) return [{ what: `${what} stands there twice`, allowed: 'each import once', fix: 'leave one out' }];
    return exportMistake(what, imported, importer, exporter) ?? subjectMistake(what, imported)
      ?? (formsCycle(importer, imported, accounts) ? [{ what: `${what} comes back to ${importer.accountName}`, allowed: 'imports without a cycle', fix: 'leave out one of the imports on the way' }] : []);
  });
}

/** Of several exports the server looks at any one: all of them have to agree. */
function exportMistake(what: string, imported: NatsImport, importer: TradingAccount, exporter: TradingAccount): Mistake[] | undefined {
  const ofKind = exporter._exports.filter(({ _kind }) => _kind === imported._kind);
  const same = ofKind.filter(({ subject }) => subject === imported.subject);
  const fitting = same.length > 0 ? same : ofKind.filter(({ subject }) => covers(subject, imported.subject));
  if (fitting.length === 0) {
    const others = exporter._exports.map(({ _kind, subject }) => `${_kind} '${subject}'`);
    return [{ what: `${what} has no export that is as wide`, allowed: others.join(', ') || `nothing: ${exporter.accountName} exports nothing`, fix: `export it from ${exporter.accountName}` }];
  }
  const refusing = fitting.find((candidate) => !admits(candidate, imported, importer.accountName));
  if (!refusing) return undefined;
  const { accounts, accountTokenPosition } = refusing._options;
  return [{
    what: `${what} is not for ${importer.accountName}`,
    allowed: accounts ? `accounts ${[...accounts].sort().join(', ')}` : `the name of the account as token ${accountTokenPosition} of the subject`,
    fix: `add ${importer.accountName} to the accounts of the export, or import its own subject`,
  }];
}

function admits({ subject, _options: { accounts, accountTokenPosition } }: NatsExport, imported: NatsImport, importer: string): boolean {
  if (accountTokenPosition === undefined) return accounts === undefined || accounts.includes(importer);
  // An import of the exported subject itself has a * in that place, which is nobody's name.
  return subject !== imported.subject && imported.subject.split('.')[accountTokenPosition - 1] === importer;
}

function subjectMistake(what: string, imported: NatsImport): Mistake[] | undefined {
  const local = imported._localSubject;
  if (!hasWildcard(imported.subject) || local === imported.subject) return undefined;
  const mistake = imported._kind === 'stream'
    ? transformMistake(imported.subject, withPlaceholders(local), 'import')
    : transformMistake(withWildcards(imported.subject), withPlaceholders(local), 'import');
  return mistake === undefined ? undefined : [{
    what: `${what} cannot become '${local}': ${mistake}`,
    allowed: 'each wildcard of the imported subject, as * or as $1, $2..., and > where it has >',
  }];
}
