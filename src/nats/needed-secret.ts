import { Construct } from 'constructs';
import { SECRET_VALUE } from './auth/secret-variables';
import { requireSecret } from '../core/required-secrets';
import { SecretKey } from '../core/secret-key';

/** A key of a Secret that must be there: what for, and what its value must look like. */
export interface NeededSecret {
  readonly secret: Pick<SecretKey, 'secretName' | 'key'>;
  readonly use: string;
  readonly value: string;
}

/** A Secret that is needed if it is given. */
export function needed(secret: NeededSecret['secret'] | undefined, use: string, value: string = SECRET_VALUE): NeededSecret[] {
  return secret ? [{ secret, use, value }] : [];
}

/** Notes that a cluster needs these Secrets, for the list that the synth prints. */
export function needSecrets(scope: Construct, clusterName: string, secrets: NeededSecret[]): void {
  for (const { secret, use, value } of secrets) requireSecret(scope, secret, { value, usedBy: `NATS cluster ${clusterName} (${use})` });
}
