import { Construct } from 'constructs';
import { ClusterTls, listenersOf } from './listener-tls';
import { TLS_OPTION } from './tls-rules';
import { ConfBlock } from '../conf/conf-value';

/** When a server staples the OCSP answer for its certificate. */
export enum NatsOcspMode {
  /** For a certificate that must be stapled. */
  AUTO = 'auto',
  /** For a certificate that must be stapled; one that is revoked ends the server. */
  MUST = 'must',
  /** For every certificate; one that is revoked, or names no responder, ends the server. */
  ALWAYS = 'always',
  /** Never. */
  NEVER = 'never',
}

/**
 * OCSP stapling, of all listeners but leaf nodes. Applied by reload.
 * @see https://docs.nats.io/running-a-nats-service/configuration/ocsp
 */
export interface NatsOcspStapling {
  /**
   * When the answer is stapled.
   * @default NatsOcspMode.AUTO
   */
  readonly mode?: NatsOcspMode;
  /**
   * URL of the responder, in place of those in the certificate.
   * @default - those in the certificate
   */
  readonly responderUrl?: string;
}

/** Refuses stapling where there is no certificate, and a URL that is none. */
export function checkOcspStapling(scope: Construct, tls: ClusterTls, stapling: NatsOcspStapling | undefined): void {
  if (!stapling) return;
  const { responderUrl: url } = stapling;
  if (listenersOf(tls).length === 0) throw TLS_OPTION.error(scope, { what: 'ocspStapling is given, but no listener has a certificate', fix: 'give tls, or leave ocspStapling out' });
  if (url !== undefined && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) {
    throw TLS_OPTION.error(scope, { what: `ocspStapling.responderUrl is '${url}'`, allowed: 'a URL with http or https' });
  }
}

/** The options of nats.conf for stapling, and for keeping the answers of responders, for which the server's root file system is no place. */
export function renderOcsp(tls: ClusterTls, stapling: NatsOcspStapling | undefined, directory: string): ConfBlock {
  const asksResponders = listenersOf(tls).some(({ options }) => options.ocspPeer);
  return {
    ocsp: stapling && { mode: stapling.mode ?? NatsOcspMode.AUTO, url: stapling.responderUrl },
    ocsp_cache: asksResponders ? { type: 'local', local_store: `${directory}/ocsp` } : undefined,
  };
}
