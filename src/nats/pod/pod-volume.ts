import { Size } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { bytesOf, quantityOf } from '../../core/bytes';
import { describeMistake } from '../../core/mistake';
import { DNS_LABEL, isName } from '../../core/names';

/** A volume besides those that the cluster makes itself, mounted into the server's container. */
export class PodVolume {
  /** The keys of a ConfigMap as files, read-only. */
  public static fromConfigMap(name: string, configMapName: string, mountPath: string): PodVolume {
    return new PodVolume({ name, configMap: { name: configMapName } }, { name, mountPath, readOnly: true });
  }

  /** The keys of a Secret as files, read-only and readable by the server's user only. */
  public static fromSecret(name: string, secretName: string, mountPath: string): PodVolume {
    return new PodVolume({ name, secret: { secretName, defaultMode: 0o440 } }, { name, mountPath, readOnly: true });
  }

  /** An empty directory that lives as long as the pod. */
  public static emptyDir(name: string, mountPath: string, sizeLimit?: Size): PodVolume {
    const limit = sizeLimit && k8s.Quantity.fromString(quantityOf(bytesOf(sizeLimit)));
    return new PodVolume({ name, emptyDir: { sizeLimit: limit } }, { name, mountPath });
  }

  /** A claim that exists. */
  public static fromClaim(name: string, claimName: string, mountPath: string, readOnly: boolean = false): PodVolume {
    return new PodVolume({ name, persistentVolumeClaim: { claimName, readOnly } }, { name, mountPath, readOnly });
  }

  private constructor(
    /** @internal */ public readonly _volume: k8s.Volume,
    /** @internal */ public readonly _mount: k8s.VolumeMount,
  ) {
    if (!isName(_volume.name, DNS_LABEL)) throw new Error(describeMistake({ what: `the volume name '${_volume.name}' is invalid`, allowed: DNS_LABEL.words }));
    if (!/^\/[^:\s]*$/.test(_mount.mountPath)) {
      throw new Error(describeMistake({ what: `the mount path '${_mount.mountPath}' of volume '${_volume.name}' is invalid`, allowed: 'an absolute path without colons and spaces' }));
    }
  }
}
