import { Construct } from 'constructs';
import { ProviderPart, publicUrl, secretKey } from './provider-part';
import { SecretKey } from '../../core/secret-key';

/** Where a service is: written down for everybody, or in the provider's Secret. */
export class FluxProviderAddress {
  /** A URL that everybody may read. One that is not `http` or `https`, or has credentials in it, throws where it is used. */
  public static url(url: string): FluxProviderAddress {
    return new FluxProviderAddress((scope) => ({ address: publicUrl(scope, 'address', url), secrets: [] }));
  }

  /** A URL in the provider's Secret, under the key `address`: for one that lets whoever has it write. Another key throws where it is used. */
  public static fromSecret(url: SecretKey): FluxProviderAddress {
    return new FluxProviderAddress((scope) => ({ secrets: [secretKey(scope, 'address', url, 'address', 'URL of the service')] }));
  }

  private constructor(/** @internal */ public readonly _part: (scope: Construct) => Pick<ProviderPart, 'address' | 'secrets'>) {}
}
