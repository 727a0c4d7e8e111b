import { Construct } from 'constructs';
import { exportFindings } from './account-exports';
import { storeSumFindings } from './account-jetstream';
import { ACCOUNT_STORE, ACCOUNT_STORE_SUM, ACCOUNT_USERS, EXPORT_INVALID, GLOBAL_USERS, IMPORT_REFUSED } from './account-rules';
import { AuthState } from './auth-state';
import { calloutFindings } from './callout';
import { importFindings } from './import-findings';
import { NatsAccount } from './nats-account';
import { GLOBAL_ACCOUNT_NAME } from './nats-user';
import { AUTH_CALLOUT, AUTH_NONE, AUTH_UNSAID, INBOX_SHARED, NO_AUTH_USER } from './rules';
import { foundOnce } from '../../core/found-once';
import { Mistake } from '../../core/mistake';
import { checkAtSynth } from '../../core/rules';

/** What can be judged of a cluster's users and accounts only when all of them are there. */
export function checkAuth(scope: Construct, auth: AuthState): void {
  const { options, context: { stores, saidInExtraConfig } } = auth;
  const sums = () => storeSumFindings([...auth.accounts.values()].map(({ _jetStream }) => _jetStream), stores);
  checkAtSynth(scope, AUTH_UNSAID, () => saidInExtraConfig ? [] : unsaidFindings(scope, auth));
  checkAtSynth(scope, AUTH_NONE, () => auth.mode !== 'none' || saidInExtraConfig ? [] : [{
    what: 'auth is NatsAuth.none(): everyone who reaches the client port may read and write everything',
    allowed: 'NatsAuth.token(...), NatsAuth.users(...) or addUser(...)',
    fix: 'choose one',
  }]);
  checkAtSynth(scope, ACCOUNT_STORE, () => stores.clustered ? [] : sums());
  checkAtSynth(scope, ACCOUNT_STORE_SUM, () => stores.clustered ? sums() : []);
  checkAtSynth(scope, GLOBAL_USERS, () => globalUserFindings(auth));
  checkAtSynth(scope, NO_AUTH_USER, () => options.noAuthUser === undefined || auth.noAuthUser ? [] : [{
    what: `authOptions.noAuthUser is '${options.noAuthUser}'`,
    allowed: auth.users.map(({ userName }) => userName).sort().join(', ') || 'a user of the cluster, which has none',
    fix: 'name one of the users',
  }]);
  checkAtSynth(scope, INBOX_SHARED, foundOnce(() => auth.revision, () => sharedInboxFindings(auth)));
  checkAtSynth(scope, AUTH_CALLOUT, () => calloutFindings(options.callout, auth));
}

/** What can be judged of an account only beside all others. */
export function checkAccountAmongOthers(account: NatsAccount, auth: AuthState): void {
  const { accounts, options } = auth;
  checkAtSynth(account, EXPORT_INVALID, foundOnce(() => auth.revision, () => exportFindings(account._exports, accounts)));
  checkAtSynth(account, IMPORT_REFUSED, foundOnce(() => auth.revision, () => importFindings(account, accounts)));
  checkAtSynth(account, ACCOUNT_USERS, () => account.isSystem || account._users.length > 0 || options.callout ? [] : [{
    what: `account '${account.accountName}' has no users`, allowed: 'at least one user', fix: 'add one with addUser',
  }]);
}

function unsaidFindings(scope: Construct, { mode, users, accounts, systemAccount }: AuthState): Mistake[] {
  if (mode !== undefined && mode !== 'users') return [];
  if (users.some(({ accountName }) => accountName !== systemAccount?.accountName)) return [];
  return [{
    what: mode || accounts.size > 0 ? 'auth names no users, so that the server would let everyone in' : 'auth is not given',
    allowed: 'NatsAuth.users(...), addUser(...), NatsAuth.token(...), or NatsAuth.none() where nobody else reaches the servers',
    fix: `give auth on ${scope.node.id}`,
  }];
}

function globalUserFindings({ users, accounts, options, context }: AuthState): Mistake[] {
  const authUsers = options.callout?.users ?? [];
  const outside = users.filter(({ accountName, userName }) => accountName === GLOBAL_ACCOUNT_NAME && !authUsers.includes(userName));
  const others = [...accounts.values()].filter(({ isSystem }) => !isSystem).map(({ accountName }) => accountName);
  return outside.length === 0 || others.length === 0 || !context.stores.jetStream ? [] : [{
    what: `users ${outside.map(({ userName }) => `'${userName}'`).sort().join(', ')} are outside of all accounts, where JetStream is off because there are accounts (${others.sort().join(', ')})`,
    allowed: 'users in accounts',
    fix: 'add them to an account',
  }];
}

/** A prefix and those below it stand next to each other once they are sorted. */
function sharedInboxFindings({ users }: AuthState): Mistake[] {
  const sorted = users.map((user) => ({ user, inbox: `${user.accountName} ${user.inboxPrefix}.` })).sort((a, b) => a.inbox < b.inbox ? -1 : 1);
  let above = sorted[0];
  return sorted.slice(1).flatMap((one) => {
    if (!one.inbox.startsWith(above.inbox)) {
      above = one;
      return [];
    }
    return [{
      what: `users '${above.user.userName}' and '${one.user.userName}' have the inbox prefixes '${above.user.inboxPrefix}' and '${one.user.inboxPrefix}': the first can read the second's replies`,
      allowed: 'prefixes of which none begins another',
      fix: 'leave inboxPrefix out, and tell the clients user.inboxPrefix',
    }];
  });
}
