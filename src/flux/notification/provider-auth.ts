import { Construct } from 'constructs';
import { ProviderSecretKey, secretKey } from './provider-part';
import { SecretKey } from '../../core/secret-key';
import { FluxVersion } from '../flux-version';

/** What a login puts into the provider's Secret. */
export interface ProviderLogin {
  readonly kind: 'token' | 'basic' | 'gitHubApp' | 'natsCredentials' | 'natsNkey';
  readonly secrets: ProviderSecretKey[];
  readonly since?: FluxVersion;
}

/** How Flux logs in at a service. A service that knows no such login throws. */
export class FluxProviderAuth {
  /** With a token, under the key `token`. Another key throws where it is used. */
  public static token(token: SecretKey): FluxProviderAuth {
    return new FluxProviderAuth('token', (scope) => [secretKey(scope, 'token', token, 'token', 'token, without a newline at its end')]);
  }

  /** With a name and a password, under the keys `username` and `password` of a Secret. */
  public static basic(secretName: string): FluxProviderAuth {
    return new FluxProviderAuth('basic', () => keysOf(secretName, { username: 'name of a user', password: 'password' }));
  }

  /** As a GitHub App, under the keys `githubAppID`, `githubAppInstallationID` and `githubAppPrivateKey` of a Secret. */
  public static gitHubApp(secretName: string): FluxProviderAuth {
    return new FluxProviderAuth('gitHubApp', () => keysOf(secretName, {
      githubAppID: 'id of a GitHub App', githubAppInstallationID: 'id of its installation', githubAppPrivateKey: 'its private key in PEM form',
    }));
  }

  /** With the credentials of a NATS user, under the key `creds`. Since Flux 2.8. Another key throws where it is used. */
  public static natsCredentials(credentials: SecretKey): FluxProviderAuth {
    return new FluxProviderAuth('natsCredentials', (scope) => [secretKey(scope, 'credentials', credentials, 'creds', 'credentials file of a NATS user')], FluxVersion.V2_8);
  }

  /** With the seed of a NATS user's nkey, under the key `nkey`. Since Flux 2.8. Another key throws where it is used. */
  public static natsNkey(seed: SecretKey): FluxProviderAuth {
    return new FluxProviderAuth('natsNkey', (scope) => [secretKey(scope, 'seed', seed, 'nkey', 'seed of a NATS user (SU...)')], FluxVersion.V2_8);
  }

  private constructor(
    private readonly kind: ProviderLogin['kind'], private readonly secrets: (scope: Construct) => ProviderSecretKey[], private readonly since?: FluxVersion,
  ) {}

  /** @internal */
  public _login(scope: Construct): ProviderLogin {
    return { kind: this.kind, secrets: this.secrets(scope), since: this.since };
  }
}

/** Several keys of a Secret. */
export function keysOf(secretName: string, values: { readonly [key: string]: string }): ProviderSecretKey[] {
  return Object.entries(values).map(([key, value]) => ({ secretName, key, value }));
}
