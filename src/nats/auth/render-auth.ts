import { renderAccountJetStream } from './account-jetstream';
import { renderAccountLimits } from './account-limits';
import { renderMappings } from './account-mappings';
import { AuthState } from './auth-state';
import { renderCallout } from './callout';
import { includedPassword, includeOf } from './included-secrets';
import { NatsAccount, SYSTEM_ACCOUNT_NAME } from './nats-account';
import { GLOBAL_ACCOUNT_NAME, NatsUser } from './nats-user';
import { renderOperator } from './operator-mode';
import { Permissions } from './permissions';
import { renderPermissions } from './render-permissions';
import { SecretVariables } from './secret-variables';
import { ConfBlock, ConfValue } from '../conf/conf-value';

/** All of nats.conf that says who may log in, and what is whose. */
export function renderAuth(auth: AuthState, secrets: SecretVariables): ConfBlock {
  const accounts = [...auth.accounts].map(([name, account]) => [name, renderAccount(account, secrets)]);
  return {
    authorization: renderAuthorization(auth, secrets),
    accounts: accounts.length > 0 ? Object.fromEntries(accounts) : undefined,
    system_account: systemAccountOf(auth),
    no_auth_user: auth.noAuthUser?._identity,
    ...auth.operator && renderOperator(auth.operator),
  };
}

/** Said where accounts would leave it in doubt. A server with $SYS alone has it anyway, and can get it by reload. */
function systemAccountOf({ accounts, systemAccount }: AuthState): string | undefined {
  return systemAccount && (accounts.size > 1 || systemAccount.accountName !== SYSTEM_ACCOUNT_NAME) ? systemAccount.accountName : undefined;
}

function renderAuthorization({ token, include, users, options }: AuthState, secrets: SecretVariables): ConfBlock | undefined {
  const outside = users.filter(({ accountName }) => accountName === GLOBAL_ACCOUNT_NAME);
  const block: ConfBlock = {
    token: token && secrets.variableFor(token),
    block: include && includeOf(include),
    users: renderUsers(outside, secrets),
    timeout: options.timeout?.toSeconds(),
    auth_callout: options.callout && renderCallout(options.callout, users),
  };
  return Object.values(block).some((value) => value !== undefined) ? block : undefined;
}

function renderAccount(account: NatsAccount, secrets: SecretVariables): ConfBlock {
  const { _exports, _imports, _mappings, _limits, _messageTrace } = account;
  const list = (blocks: ConfBlock[]) => blocks.length > 0 ? blocks : undefined;
  return {
    users: renderUsers(account._users, secrets),
    exports: list(_exports.map((one) => one._render())),
    imports: list(_imports.map((one) => one._render())),
    mappings: renderMappings(_mappings),
    jetstream: account.isSystem ? undefined : renderAccountJetStream(account._jetStream),
    limits: _limits && renderAccountLimits(_limits),
    msg_trace: _messageTrace && { dest: _messageTrace.destination, sampling: _messageTrace.sampling },
  };
}

function renderUsers(users: NatsUser[], secrets: SecretVariables): ConfValue[] | undefined {
  if (users.length === 0) return undefined;
  const byName = [...users].sort((a, b) => a.userName < b.userName ? -1 : 1);
  return byName.map((user) => renderUser(user, secrets));
}

function renderUser(user: NatsUser, secrets: SecretVariables): ConfBlock {
  return {
    user: user._nkey === undefined ? user._identity : undefined,
    nkey: user._nkey,
    password: renderPassword(user, secrets),
    permissions: renderPermissions(user._permissions ?? Permissions.of({}), user._granted, user.inboxPrefix),
    allowed_connection_types: user._connectionTypes && [...new Set(user._connectionTypes)].sort(),
    proxy_required: user._proxyRequired,
  };
}

function renderPassword(user: NatsUser, secrets: SecretVariables): ConfValue | undefined {
  if (user._password) return secrets.variableFor(user._password);
  return user._passwordInclude ? includedPassword(user) : user._passwordHash;
}
