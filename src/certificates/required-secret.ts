import { Construct } from 'constructs';
import { writersOf } from './certificate-state';
import { requireSecret } from '../core/required-secrets';
import { SecretKey } from '../core/secret-key';

/** Who needs a Secret, where, and what it holds. */
export interface SecretUse {
  readonly namespace?: string;
  readonly value: string;
  readonly usedBy: string;
}

/** Notes that a Secret must exist, in a namespace that need not be the chart's; one that a certificate of the app writes is not asked for. */
export function requireSecretIn(scope: Construct, secret: Pick<SecretKey, 'secretName' | 'key'>, use: SecretUse): void {
  if (writersOf(scope, secret.secretName).some(({ namespace }) => namespace === use.namespace)) return;
  requireSecret(scope, secret, use);
}
