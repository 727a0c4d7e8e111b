import * as source from '../../../imports/source.toolkit.fluxcd.io';
import { Broken, broken } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { FluxPart, FluxSecret } from '../flux-part';
import { FluxVersion } from '../flux-version';
import { serviceAccountMistakes } from '../name-mistakes';

export const FLUX_GIT_AUTH = defineRule({
  id: 'FLUX-GIT-AUTH',
  level: RuleLevel.ERROR,
  statement: 'How Flux proves itself to a Git server fits the URL, and ssh always asks for a key.',
  source: 'https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference, and the CEL rule of the CRD on serviceAccountName',
});

/** How the TLS of a Git server is proved, by keys in the Secret that has the credentials. */
export interface FluxGitTlsOptions {
  /**
   * Whether the Secret has the certificate of the server's CA: key `ca.crt`.
   * @default false
   */
  readonly ca?: boolean;
  /**
   * Whether the Secret has a certificate of the client, and its private key: keys `tls.crt` and `tls.key`.
   * @default false
   */
  readonly clientCertificate?: boolean;
}

/** A key of ssh. */
export interface FluxGitSshOptions {
  /**
   * Whether the private key is encrypted, so that the Secret has its passphrase: key `password`.
   * @default false
   */
  readonly encrypted?: boolean;
}

/** An app of GitHub. */
export interface FluxGitHubAppOptions extends FluxGitTlsOptions {
  /**
   * Whether the Secret says where the app is installed by its owner, key `githubAppInstallationOwner`, and not by key `githubAppInstallationID`.
   * @default false
   */
  readonly installationByOwner?: boolean;
  /**
   * Whether the Secret has the URL of an own GitHub Enterprise: key `githubAppBaseURL`.
   * @default false
   */
  readonly enterprise?: boolean;
}

/** An identity that the cloud gives. */
export interface FluxWorkloadIdentityOptions {
  /**
   * ServiceAccount in the namespace of the object that has the identity, for Flux 2.7 and newer. Before 2.10, Flux's controllers must be started
   * with the feature gate `ObjectLevelWorkloadIdentity`.
   * @default - the controller's own
   */
  readonly serviceAccountName?: string;
}

type Auth = Pick<source.GitRepositorySpec, 'secretRef' | 'provider' | 'serviceAccountName'>;

/**
 * How Flux proves itself to a Git server. All Secrets are in the namespace of the source, and only their names are known here; which keys they must
 * have stands in the list of Secrets that the synth writes.
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference
 */
export class FluxGitAuth {
  /** By a key of ssh: keys `identity` and `known_hosts` of a Secret. A URL without ssh:// throws. */
  public static ssh(secretName: string, options: FluxGitSshOptions = {}): FluxGitAuth {
    return FluxGitAuth.bySecret(['ssh:'], secretName, {
      identity: 'private key of ssh, in PEM form',
      known_hosts: 'lines of known_hosts for the Git server',
      ...options.encrypted && { password: 'passphrase of the private key' },
    });
  }

  /** By a user name and a password or token: keys `username` and `password` of a Secret. A URL with ssh:// throws. */
  public static basic(secretName: string, options: FluxGitTlsOptions = {}): FluxGitAuth {
    return FluxGitAuth.bySecret(HTTP, secretName, { username: 'name of the user, which for a token may be any', password: 'password, or token', ...tlsKeys(options) });
  }

  /** By a token in a header: key `bearerToken` of a Secret. Most servers want tokens as passwords, see `basic`. A URL with ssh:// throws. */
  public static bearerToken(secretName: string, options: FluxGitTlsOptions = {}): FluxGitAuth {
    return FluxGitAuth.bySecret(HTTP, secretName, { bearerToken: 'token', ...tlsKeys(options) });
  }

  /** Without credentials, but with the certificate of the server's CA: key `ca.crt` of a Secret. A URL with ssh:// throws. */
  public static ca(secretName: string): FluxGitAuth {
    return FluxGitAuth.bySecret(HTTP, secretName, tlsKeys({ ca: true }));
  }

  /** As an app of GitHub: keys `githubAppID`, `githubAppPrivateKey` and `githubAppInstallationID` of a Secret. A URL with ssh:// throws. */
  public static gitHubApp(secretName: string, options: FluxGitHubAppOptions = {}): FluxGitAuth {
    return FluxGitAuth.bySecret(HTTP, secretName, {
      githubAppID: 'id of the app',
      githubAppPrivateKey: 'private key of the app, in PEM form',
      ...options.installationByOwner ? { githubAppInstallationOwner: 'owner of the installation' } : { githubAppInstallationID: 'id of the installation' },
      ...options.enterprise && { githubAppBaseURL: 'URL of the API, such as https://github.example.com/api/v3' },
      ...tlsKeys(options),
    }, source.GitRepositorySpecProvider.GITHUB);
  }

  /** To Azure DevOps, by an identity of the cloud. Another URL than of a repository there throws. */
  public static azure(options: FluxWorkloadIdentityOptions = {}): FluxGitAuth {
    return FluxGitAuth.byIdentity(source.GitRepositorySpecProvider.AZURE, options);
  }

  /** To AWS CodeCommit, by an identity of the cloud, for Flux 2.9 and newer. Another URL than of a repository there throws. */
  public static aws(options: FluxWorkloadIdentityOptions = {}): FluxGitAuth {
    return FluxGitAuth.byIdentity(source.GitRepositorySpecProvider.AWS, options);
  }

  private static bySecret(schemes: string[], secretName: string, keys: FluxSecret['keys'], provider?: source.GitRepositorySpecProvider): FluxGitAuth {
    return new FluxGitAuth(schemes, { spec: { secretRef: { name: secretName }, provider }, secrets: [{ prop: 'auth', secretName, keys }] });
  }

  private static byIdentity(provider: source.GitRepositorySpecProvider, { serviceAccountName }: FluxWorkloadIdentityOptions): FluxGitAuth {
    return new FluxGitAuth(['https:'], {
      spec: { provider, serviceAccountName },
      broken: serviceAccountMistakes(serviceAccountName),
      features: [
        ['auth of AWS', FluxVersion.V2_9, provider === source.GitRepositorySpecProvider.AWS],
        ['serviceAccountName', FluxVersion.V2_7, serviceAccountName !== undefined],
      ],
    });
  }

  private constructor(private readonly schemes: string[], private readonly part: FluxPart<Auth>) {}

  /** @internal For a URL. */
  public _partFor(url: string): FluxPart<Auth> {
    return {
      ...this.part,
      broken: [
        ...this.part.broken ?? [],
        ...identityUrlMistakes(this.part.spec.provider, url),
        ...broken(FLUX_GIT_AUTH, !this.schemes.some((scheme) => url.startsWith(scheme)), {
          what: `url is '${url}', and auth is for ${this.schemes.map((scheme) => `${scheme}//`).join(' and ')}`,
          allowed: 'FluxGitAuth.ssh for ssh://, another for https://',
        }),
      ],
    };
  }
}

const CODE_COMMIT = /^https:\/\/git-codecommit(-fips)?\.[^/]+\.amazonaws\.com(\.cn)?\//;
const AZURE_DEVOPS = /^https:\/\/[^/]+\/([^/]+\/)+_git\/[^/]+$/;

/** Where an identity of a cloud is worth nothing. */
function identityUrlMistakes(provider: string | undefined, url: string): Broken[] {
  const refused = (expected: RegExp, allowed: string) => broken(FLUX_GIT_AUTH, !expected.test(url), { what: `url is '${url}', and auth is for ${provider}`, allowed });
  switch (provider) {
    case source.GitRepositorySpecProvider.AWS:
      return refused(CODE_COMMIT, 'https://git-codecommit.<region>.amazonaws.com/v1/repos/<repository>');
    case source.GitRepositorySpecProvider.AZURE:
      return refused(AZURE_DEVOPS, 'https://dev.azure.com/<organization>/<project>/_git/<repository>');
    default:
      return [];
  }
}

const HTTP = ['https:', 'http:'];

function tlsKeys({ ca, clientCertificate }: FluxGitTlsOptions): { [key: string]: string } {
  return {
    ...ca && { 'ca.crt': 'certificate of the server\'s CA, in PEM form' },
    ...clientCertificate && { 'tls.crt': 'certificate of the client, in PEM form', 'tls.key': 'private key of the client, in PEM form' },
  };
}

/** The part of a source without auth: ssh asks for one. */
export function noGitAuth(url: string): FluxPart<Auth> {
  return { spec: {}, broken: broken(FLUX_GIT_AUTH, url.startsWith('ssh:'), { what: `url is '${url}', and there is no auth`, allowed: 'FluxGitAuth.ssh', fix: 'give auth, or https:// for a public repository' }) };
}
