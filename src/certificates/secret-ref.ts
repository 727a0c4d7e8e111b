import { SecretKey } from '../core/secret-key';

/** A key of a Secret as cert-manager's resources refer to it. */
export function secretRef({ secretName, key }: SecretKey): { name: string; key: string } {
  return { name: secretName, key };
}
