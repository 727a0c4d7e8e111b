import { ACME_SOLVER_INVALID } from './acme-rules';
import * as certManager from '../../../imports/cert-manager.io';
import { broken, emptyTexts } from '../../core/broken';
import { SecretKey } from '../../core/secret-key';
import { wire } from '../../core/wire';
import { IssuerPart } from '../issuing/issuer-part';
import { secretRef } from '../secret-ref';

/** Algorithm of a TSIG key. */
export enum TsigAlgorithm {
  HMAC_MD5 = 'HMACMD5',
  HMAC_SHA1 = 'HMACSHA1',
  HMAC_SHA256 = 'HMACSHA256',
  HMAC_SHA512 = 'HMACSHA512',
}

/** How updates travel. */
export enum Rfc2136Protocol {
  TCP = 'TCP',
  UDP = 'UDP',
}

/** The key with which updates are signed. */
export interface TsigKey {
  /** Name of the key on the DNS server. An empty one throws. */
  readonly name: string;
  /** Where the key is, in base64. */
  readonly secret: SecretKey;
  /**
   * Its algorithm.
   * @default TsigAlgorithm.HMAC_SHA256
   */
  readonly algorithm?: TsigAlgorithm;
}

/** A DNS server that takes updates as RFC 2136 describes them. */
export interface Rfc2136Options {
  /** Address of the server: a host, or an IPv6 address in brackets, with a port or not. Anything else throws. */
  readonly nameserver: string;
  /**
   * The key with which updates are signed.
   * @default - none: the server takes unsigned updates
   */
  readonly tsigKey?: TsigKey;
  /**
   * How updates travel.
   * @default Rfc2136Protocol.UDP
   */
  readonly protocol?: Rfc2136Protocol;
}

const NAMESERVER = /^([A-Za-z0-9._-]+|\[[0-9a-fA-F:.]+\])(:\d{1,5})?$/;

/** Updates by RFC 2136 as a part of a solver. */
export function rfc2136({ nameserver, tsigKey, protocol }: Rfc2136Options): IssuerPart<certManager.IssuerSpecAcmeSolversDns01> {
  const tsig = tsigKey && {
    tsigKeyName: tsigKey.name,
    tsigSecretSecretRef: secretRef(tsigKey.secret),
    // cert-manager would take MD5.
    tsigAlgorithm: tsigKey.algorithm ?? TsigAlgorithm.HMAC_SHA256,
  };
  return {
    spec: { rfc2136: { nameserver, ...tsig, protocol: wire(protocol) } },
    secrets: tsigKey ? [{ prop: 'rfc2136 tsigKey', secret: tsigKey.secret, value: 'TSIG key in base64' }] : [],
    broken: [
      ...broken(ACME_SOLVER_INVALID, !NAMESERVER.test(nameserver), {
        what: `nameserver is '${nameserver}'`,
        allowed: 'host or host:port, with an IPv6 address in brackets',
        fix: 'write [2001:db8::1]:53 for an IPv6 address',
      }),
      ...tsigKey ? emptyTexts(ACME_SOLVER_INVALID, { 'name of the TSIG key': tsigKey.name }) : [],
    ],
  };
}
