import { createHash } from 'crypto';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { NatsUser } from './nats-user';
import { SecretKey } from '../../core/secret-key';
import { NatsInclude } from '../conf/nats-include';
import { NatsVariable } from '../conf/nats-variable';
import { INCLUDE_DIRECTORY, INCLUDE_PATH_FROM_CONFIG } from '../pod/paths';

/** The variable that an included file defines for a user's password. */
export function includedPassword(user: NatsUser): NatsVariable {
  return NatsVariable.of(`password_${user.userName.replace(/-/g, '_')}`);
}

/**
 * The Secrets whose keys are pieces of nats.conf. The server reads them anew at each reload, so that a changed Secret needs no restart; and because
 * they define variables, one that lacks its variable is refused instead of leaving a user without a password.
 */
export class IncludedSecrets {
  private readonly secrets: SecretKey[];

  /**
   * @param users whose passwords nats.conf includes
   * @param block the whole authorization block, in place of users
   */
  constructor(private readonly users: NatsUser[], private readonly block?: SecretKey) {
    this.secrets = [...users.flatMap(({ _passwordInclude }) => _passwordInclude ?? []), ...block ? [block] : []]
      .sort((a, b) => pathOf(a) < pathOf(b) ? -1 : 1)
      .filter((secret, index, all) => index === 0 || pathOf(secret) !== pathOf(all[index - 1]));
  }

  /** The includes of nats.conf that define passwords. */
  public includes(): NatsInclude[] | undefined {
    return this.block || this.secrets.length === 0 ? undefined : this.secrets.map(includeOf);
  }

  /** The files, to be watched for changes. */
  public files(): string[] {
    return this.secrets.map((secret) => `${INCLUDE_DIRECTORY}/${pathOf(secret)}`);
  }

  /** Lines of a shell script that call `check_block FILE NAME` for the block, or `check_file FILE VARIABLE NAME` for each password. */
  public checks(): string[] {
    if (this.block) return [`check_block '${INCLUDE_DIRECTORY}/${pathOf(this.block)}' 'key ${this.block.key} of Secret ${this.block.secretName}'`];
    return this.users.flatMap((user) => user._passwordInclude ? [{ secret: user._passwordInclude, variable: includedPassword(user).name }] : [])
      .sort((a, b) => a.variable < b.variable ? -1 : 1)
      .map(({ secret, variable }) => `check_file ${INCLUDE_DIRECTORY}/${pathOf(secret)} ${variable} 'key ${secret.key} of Secret ${secret.secretName}'`);
  }

  public volumes(): k8s.Volume[] {
    return this.secretNames().map((secretName) => ({ name: volumeName(secretName), secret: { secretName, defaultMode: 0o440 } }));
  }

  public mounts(): k8s.VolumeMount[] {
    return this.secretNames().map((secretName) => ({ name: volumeName(secretName), mountPath: `${INCLUDE_DIRECTORY}/${secretName}`, readOnly: true }));
  }

  private secretNames(): string[] {
    return [...new Set(this.secrets.map(({ secretName }) => secretName))];
  }
}

/** A Secret's key as nats.conf includes it. */
export function includeOf(secret: SecretKey): NatsInclude {
  return NatsInclude.file(`${INCLUDE_PATH_FROM_CONFIG}/${pathOf(secret)}`);
}

function pathOf({ secretName, key }: SecretKey): string {
  return `${secretName}/${key}`;
}

/** The name of a Secret may be longer than that of a volume, and have dots. */
function volumeName(secretName: string): string {
  return `include-${createHash('sha256').update(secretName).digest('hex').slice(0, 8)}`;
}
