import { Construct } from 'constructs';
import { GitPath, repositoryAddress } from './git-repository-address';
import { FluxProviderAddress } from './provider-address';
import { FluxProviderAuth, ProviderLogin } from './provider-auth';
import { FluxCommitStatusOptions, FluxHeadersOptions } from './provider-options';
import { neededText, PROVIDER, ProviderPart, ProviderSecretKey, publicUrl, secretKey } from './provider-part';
import { SecretKey } from '../../core/secret-key';

/** What a type of provider makes of a Provider at a place, to which its mistakes belong. */
export type PlacedPart = (scope: Construct) => ProviderPart;

/** A service that is known by a URL which nobody else may have. */
export function webhookPart(type: string, url: SecretKey, words: string, more: Partial<ProviderPart> = {}): PlacedPart {
  return (scope) => ({ type, secrets: [secretKey(scope, 'url', url, 'address', words)], ...more });
}

/** A service at a public address, with a token. */
export function servicePart(type: string, address: string, token: SecretKey, more?: (scope: Construct) => Partial<ProviderPart>): PlacedPart {
  return (scope) => ({ type, address: publicUrl(scope, 'address', address), secrets: [tokenKey(scope, token)], ...more?.(scope) });
}

/** A service whose address may be a secret. */
export function addressedPart(type: string, at: FluxProviderAddress, more: (scope: Construct) => Omit<ProviderPart, 'type' | 'address'>): PlacedPart {
  return (scope) => {
    const { address, secrets } = at._part(scope);
    const { secrets: others, ...rest } = more(scope);
    return { type, address, secrets: [...secrets, ...others], ...rest };
  };
}

/** A repository at a service that Flux logs in to. */
export interface GitService {
  readonly repository: string;
  readonly path: GitPath;
  readonly auth: FluxProviderAuth;
  /** The logins that the service knows. */
  readonly known: ProviderLogin['kind'][];
}

/** A service that has a Git repository. Flux goes to none but Gitea by a proxy. */
export function gitPart(type: string, { repository, path, auth, known }: GitService, more: Partial<ProviderPart> = {}): PlacedPart {
  return (scope) => ({
    type, address: repositoryAddress(scope, repository, path), secrets: login(scope, auth, known), ignores: ['proxySecretName'], ...more,
  });
}

/** A service that keeps the status of commits. */
export function commitStatusPart(type: string, service: GitService, options: FluxCommitStatusOptions, more: Partial<ProviderPart> = {}): PlacedPart {
  const part = gitPart(type, service, more);
  return (scope) => ({ ...part(scope), commitStatusExpr: statusExpression(scope, options), closedByInfo: 'the status of a commit' });
}

/** A token under the key `token`. */
export function tokenKey(scope: Construct, token: SecretKey): ProviderSecretKey {
  return secretKey(scope, 'token', token, 'token', 'token, without a newline at its end');
}

/** What a login needs of the Secret. One that the service does not know throws. */
export function login(scope: Construct, auth: FluxProviderAuth, known: ProviderLogin['kind'][]): ProviderSecretKey[] {
  const allowed = known.map((one) => `FluxProviderAuth.${one}`).join(', ');
  if (!(auth instanceof FluxProviderAuth)) throw PROVIDER.error(scope, { what: `auth is of type ${typeof auth} (not shown here)`, allowed });
  const { kind, secrets } = auth._login(scope);
  if (!known.includes(kind)) throw PROVIDER.error(scope, { what: `auth is FluxProviderAuth.${kind}, which this service does not know`, allowed });
  return secrets;
}

/** A secret, or the identity of a workload, but not both. */
export function oneLogin(scope: Construct, serviceAccountName: string | undefined, secret: ProviderSecretKey | undefined): ProviderSecretKey[] {
  if (serviceAccountName !== undefined && secret) {
    throw PROVIDER.error(scope, { what: `serviceAccountName is '${serviceAccountName}', and there is a secret too`, allowed: 'one of them', fix: 'leave one out' });
  }
  return secret ? [secret] : [];
}

/** Headers under the key `headers`, if there are any. */
export function headersKey(scope: Construct, { headers }: FluxHeadersOptions): ProviderSecretKey[] {
  return headers === undefined ? [] : [secretKey(scope, 'headers', headers, 'headers', 'headers as YAML (Authorization: Bearer ...)')];
}

/** The expression for the name of a commit's status, if there is one. */
export function statusExpression(scope: Construct, { statusExpression: expression }: FluxCommitStatusOptions): string | undefined {
  return expression === undefined ? undefined : neededText(scope, 'statusExpression', expression, '"event.involvedObject.name"');
}
