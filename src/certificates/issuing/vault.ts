import { CaBundle } from './ca-bundle';
import { IssuerPart } from './issuer-part';
import { pathMistakes, VAULT, VaultAuth } from './vault-auth';
import * as certManager from '../../../imports/cert-manager.io';
import { broken, emptyTexts, urlMistakes } from '../../core/broken';
import { SecretKey } from '../../core/secret-key';
import { secretRef } from '../secret-ref';

/** The certificate that cert-manager shows when it connects to Vault. */
export interface VaultClientTls {
  /** Where the certificate is, in PEM form. */
  readonly certificate: SecretKey;
  /** Where its key is, in PEM form. */
  readonly privateKey: SecretKey;
}

/**
 * The PKI secrets engine of a Vault.
 * @see https://cert-manager.io/docs/configuration/vault/
 */
export interface VaultOptions {
  /** URL, such as `https://vault.example.com:8200`. Another scheme than http and https throws, and so does http with a client certificate. */
  readonly server: string;
  /** Path that signs: mount, `sign` and role, such as `pki/sign/nats`. An empty one, one with `..`, and one with `v1/` before it throw. */
  readonly path: string;
  /** How cert-manager logs in. */
  readonly auth: VaultAuth;
  /**
   * Namespace of a Vault Enterprise.
   * @default - none
   */
  readonly namespace?: string;
  /**
   * Name for which the server's certificate is verified.
   * @default - the host of `server`
   */
  readonly serverName?: string;
  /**
   * Certificates by which the server is verified.
   * @default - those of cert-manager's image
   */
  readonly caBundle?: CaBundle;
  /**
   * The certificate that cert-manager shows to the server.
   * @default - none
   */
  readonly clientTls?: VaultClientTls;
}

/** A Vault issuer as a part of its spec. */
export function vaultIssuer({ server, path, auth, namespace, serverName, caBundle, clientTls }: VaultOptions): IssuerPart<certManager.IssuerSpec> {
  return {
    spec: {
      vault: {
        server,
        path,
        auth: auth._part.spec,
        namespace,
        serverName,
        ...caBundle?._render(),
        clientCertSecretRef: clientTls && secretRef(clientTls.certificate),
        clientKeySecretRef: clientTls && secretRef(clientTls.privateKey),
      },
    },
    secrets: [
      ...auth._part.secrets,
      ...caBundle?._secrets() ?? [],
      ...clientTls ? [
        { prop: 'clientTls.certificate', secret: clientTls.certificate, value: 'client certificate in PEM form' },
        { prop: 'clientTls.privateKey', secret: clientTls.privateKey, value: 'private key in PEM form' },
      ] : [],
    ],
    broken: [
      ...urlMistakes(VAULT, 'server', server, ['https:', 'http:']),
      ...broken(VAULT, Boolean(clientTls ?? auth._part.spec.clientCertificate) && !server.startsWith('https:'), {
        what: `server is '${server}', and cert-manager shows it a client certificate`,
        allowed: 'https://',
      }),
      ...emptyTexts(VAULT, { path }),
      ...pathMistakes('path', path),
      ...broken(VAULT, /^\/?v1\//.test(path), {
        what: `path is '${path}'`,
        allowed: 'mount, sign and role',
        fix: 'leave v1 out: cert-manager puts it before the path',
      }),
      ...auth._part.broken,
      ...caBundle?._broken() ?? [],
    ],
  };
}
