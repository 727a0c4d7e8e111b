import { isAbsoluteFile, TlsFile } from './tls-files';
import { describeMistake } from '../../core/mistake';
import { DATA_KEY, DNS_SUBDOMAIN, isName } from '../../core/names';
import { SecretKey } from '../../core/secret-key';

/** Certificates of the authorities whose certificates are believed, as PEM. */
export class NatsTlsCa {
  /** A key of a Secret; only this key is mounted. */
  public static fromSecret(secretName: string, key: string = 'ca.crt'): NatsTlsCa {
    SecretKey.fromName(secretName, key);
    return new NatsTlsCa({ kind: 'secret', name: secretName, key });
  }

  /** A key of a ConfigMap, such as a Bundle of trust-manager makes. A name or key that Kubernetes does not allow throws. */
  public static fromConfigMap(configMapName: string, key: string = 'ca.crt'): NatsTlsCa {
    for (const [what, text, form] of [['name', configMapName, DNS_SUBDOMAIN], ['key', key, DATA_KEY]] as const) {
      if (!isName(text, form)) throw new Error(describeMistake({ what: `the ${what} '${text}' of the ConfigMap of a CA is invalid`, allowed: form.words }));
    }
    return new NatsTlsCa({ kind: 'configMap', name: configMapName, key });
  }

  /**
   * A file in the server's container: one of the image, or of a volume that `pod.volumes` mounts. A relative path throws.
   *
   * @param path such as `/etc/my-ca/ca.crt`
   */
  public static fromPath(path: string): NatsTlsCa {
    if (!isAbsoluteFile(path)) {
      throw new Error(describeMistake({ what: `the path '${path}' of a CA is invalid`, allowed: 'an absolute path', fix: 'mount the file with pod.volumes, and give its path in the container' }));
    }
    return new NatsTlsCa({ kind: 'path', path });
  }

  /**
   * The public authorities that the image knows. Where certificates of clients or of other servers are verified, this is guarded by rule
   * NATS-TLS-SYSTEM-CAS: everyone gets a certificate from one of them.
   */
  public static system(): NatsTlsCa {
    return new NatsTlsCa();
  }

  private constructor(
    /** @internal Undefined for the image's own. */ public readonly _file?: TlsFile,
  ) {}
}
