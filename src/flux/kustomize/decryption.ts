import * as kustomize from '../../../imports/kustomize.toolkit.fluxcd.io';
import { broken } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { SecretKey } from '../../core/secret-key';
import { FluxPart } from '../flux-part';
import { serviceAccountMistakes } from '../name-mistakes';

export const FLUX_DECRYPTION = defineRule({
  id: 'FLUX-DECRYPTION',
  level: RuleLevel.ERROR,
  statement: 'The keys by which SOPS decrypts are keys of one Secret, with names by which Flux knows what they are.',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption: a key with another name is ignored',
});

/** How Flux decrypts what SOPS has encrypted. */
export interface FluxDecryption {
  /**
   * The keys: of one Secret, with names that end in `.agekey` (age) or `.asc` (PGP), or are `sops.vault-token`, `sops.aws-kms`, `sops.azure-kv` or
   * `sops.gcp-kms`. Others throw, because Flux would ignore them.
   * @default - none: the keys are at a key service of the cloud
   */
  readonly keys?: SecretKey[];
  /**
   * ServiceAccount whose identity at the cloud reads a key service. Before 2.10, Flux's controllers must be started with the feature gate
   * `ObjectLevelWorkloadIdentity`.
   * @default - the controller's own identity
   */
  readonly serviceAccountName?: string;
}

const VALUES: { [ending: string]: string } = {
  '.agekey': 'private key of age',
  '.asc': 'private PGP key, armored, without passphrase',
  '.vault-token': 'token of Vault',
  '.aws-kms': 'credentials of AWS, as SOPS wants them',
  '.azure-kv': 'credentials of Azure, as SOPS wants them',
  '.gcp-kms': 'credentials of Google Cloud, in JSON',
};

/** Flux goes by what follows the last dot. */
const endingOf = ({ key }: SecretKey) => key.slice(Math.max(key.lastIndexOf('.'), 0));

export function decryptionPart({ keys = [], serviceAccountName }: FluxDecryption): FluxPart<kustomize.KustomizationSpecDecryption> {
  const [first] = keys;
  return {
    spec: { provider: kustomize.KustomizationSpecDecryptionProvider.SOPS, secretRef: first && { name: first.secretName }, serviceAccountName },
    secrets: keys.map(({ secretName, key }) => ({ prop: 'decryption.keys', secretName, keys: { [key]: VALUES[endingOf({ key } as SecretKey)] } })),
    broken: [
      ...keys.flatMap((key) => broken(FLUX_DECRYPTION, !(endingOf(key) in VALUES), {
        what: `decryption.keys has '${key.key}', which Flux would ignore`, allowed: `keys that end in ${Object.keys(VALUES).join(', ')}`,
      })),
      ...keys.flatMap(({ secretName }) => broken(FLUX_DECRYPTION, secretName !== first.secretName, {
        what: `decryption.keys are in the Secrets '${first.secretName}' and '${secretName}'`, allowed: 'keys of one Secret', fix: 'put them into one',
      })),
      ...serviceAccountMistakes(serviceAccountName, 'decryption.serviceAccountName'),
    ],
  };
}
