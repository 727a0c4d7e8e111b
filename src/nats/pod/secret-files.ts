import { createHash } from 'crypto';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { SecretKey } from '../../core/secret-key';

/** The keys of Secrets that a container reads as files, each Secret in a directory of its name below one directory; no other keys are mounted. */
export class SecretFiles {
  private readonly secrets = new Map<string, Set<string>>();

  /**
   * @param directory where the Secrets are mounted
   * @param volumePrefix beginning of the names of the volumes
   */
  constructor(private readonly directory: string, private readonly volumePrefix: string) {}

  /** Mounts the key of the Secret, and tells its path. */
  public pathOf({ secretName, key }: SecretKey): string {
    this.secrets.set(secretName, (this.secrets.get(secretName) ?? new Set()).add(key));
    return `${this.directory}/${secretName}/${key}`;
  }

  public volumes(): k8s.Volume[] {
    return this.sorted().map((secretName) => ({
      name: this.volumeName(secretName),
      secret: { secretName, defaultMode: 0o440, items: [...this.secrets.get(secretName)!].sort().map((key) => ({ key, path: key })) },
    }));
  }

  public mounts(): k8s.VolumeMount[] {
    return this.sorted().map((secretName) => ({ name: this.volumeName(secretName), mountPath: `${this.directory}/${secretName}`, readOnly: true }));
  }

  private sorted(): string[] {
    return [...this.secrets.keys()].sort();
  }

  /** The name of a Secret may be longer than that of a volume, and have dots. */
  private volumeName(secretName: string): string {
    return `${this.volumePrefix}-${createHash('sha256').update(secretName).digest('hex').slice(0, 8)}`;
  }
}
