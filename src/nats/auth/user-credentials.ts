import { Construct } from 'constructs';
import { isPublicKey } from './nkey';
import { NKEY_INVALID, USER_CREDENTIALS } from './rules';
import { assertSecretKey, SecretKey } from '../../core/secret-key';

/** How a user proves who it is: by exactly one of these. */
interface UserCredentials {
  readonly password?: SecretKey;
  readonly passwordInclude?: SecretKey;
  readonly passwordHash?: string;
  readonly nkey?: string;
  readonly certificateSubject?: string;
}

const BCRYPT = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;
/** Attributes of a distinguished name as RFC 2253 writes it; a comma or plus within a value has a backslash before it. */
const DISTINGUISHED_NAME = /^([A-Za-z][\w.-]*|\d+(\.\d+)*)=([^,+\\]|\\.)*([,+]\s*([A-Za-z][\w.-]*|\d+(\.\d+)*)=([^,+\\]|\\.)*)*$/;

/** Whether a text is a bcrypt hash: the one form of a password that may be written down. */
export function isBcryptHash(text: string): boolean {
  return BCRYPT.test(text);
}

/** Refuses a user with none or several, and what does not look as it must; what may be a secret is not repeated. */
export function checkCredentials(scope: Construct, userName: string, credentials: UserCredentials): void {
  const { password, passwordInclude, passwordHash, nkey, certificateSubject } = credentials;
  assertSecretKey(scope, `password of user '${userName}'`, password);
  assertSecretKey(scope, `passwordInclude of user '${userName}'`, passwordInclude);
  const given = Object.entries(credentials).filter(([, value]) => value !== undefined).map(([prop]) => prop);
  if (given.length !== 1) {
    throw USER_CREDENTIALS.error(scope, {
      what: `user '${userName}' has ${given.join(' and ') || 'no password'}`,
      allowed: 'exactly one of password, passwordInclude, passwordHash, nkey and certificateSubject',
      fix: 'give password: SecretKey.fromName(\'<secret>\', \'<key>\')',
    });
  }
  if (passwordHash !== undefined && !isBcryptHash(passwordHash)) {
    throw USER_CREDENTIALS.error(scope, {
      what: `passwordHash of user '${userName}' is not a bcrypt hash (not shown here)`,
      allowed: '$2a$, the cost and 53 characters',
      fix: 'make one with "nats server passwd", or put the password into a Secret and give password: SecretKey.fromName(...)',
    });
  }
  if (nkey !== undefined && !isPublicKey(nkey, 'user')) {
    // Who mistakes the seed for the key gives a secret.
    const shown = /^S/.test(nkey) ? 'looks like a seed (not shown here)' : `is '${nkey}'`;
    throw NKEY_INVALID.error(scope, {
      what: `nkey of user '${userName}' ${shown}`,
      allowed: 'the public key of a user: U and 55 more letters and digits, with their checksum',
      fix: 'print it with "nk -inkey <seed file> -pubout"',
    });
  }
  if (certificateSubject !== undefined && !isCertificateName(certificateSubject)) {
    throw USER_CREDENTIALS.error(scope, {
      what: `certificateSubject of user '${userName}' is '${certificateSubject}'`,
      allowed: 'an e-mail address, DNS name or URI, or a distinguished name such as CN=shop,O=Example',
    });
  }
}

function isCertificateName(text: string): boolean {
  if (/[\p{Cc}]/u.test(text)) return false;
  return DISTINGUISHED_NAME.test(text) || /^[^\s,=]+$/.test(text) || URL.canParse(text);
}
