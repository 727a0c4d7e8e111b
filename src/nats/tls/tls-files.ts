import { createHash } from 'crypto';
import { Duration } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import type { NatsTlsCa } from './nats-tls-ca';
import { CertificateIssuerBase } from '../../certificates/certificate-issuer-base';
import { DNS_LABEL, isName } from '../../core/names';
import { CA_CERTIFICATE_DIRECTORY, CERTIFICATE_DIRECTORY } from '../pod/paths';
import { PodVolume } from '../pod/pod-volume';

/** A Secret or ConfigMap. */
interface TlsSource {
  readonly kind: 'secret' | 'configMap';
  readonly name: string;
}

/** A key of a Secret or ConfigMap, or a file that is in the server's container anyway. */
export type TlsFile = TlsSource & { readonly key: string } | { readonly kind: 'path'; readonly path: string };

/** A certificate and its key: what proves who somebody is. */
export interface TlsCertificate {
  readonly cert: TlsFile;
  readonly key: TlsFile;
}

/** The certificate of a server, and what others are believed by; without a CA, those of the image. */
export interface TlsMaterial extends TlsCertificate {
  readonly ca?: TlsFile;
  /** Where the app makes the certificate, and with it the Secret. */
  readonly madeIn?: { readonly path: string; readonly namespace?: string };
}

/** What a certificate is made with, once the cluster is known. */
export interface TlsIssuing {
  readonly issuer: CertificateIssuerBase;
  /** Undefined for the cluster itself. */
  readonly scope?: Construct;
  readonly dnsNames?: string[];
  readonly ipAddresses?: string[];
  readonly duration?: Duration;
  readonly renewBefore?: Duration;
  /** Undefined for the one that signs. */
  readonly ca?: NatsTlsCa;
}

export function isAbsoluteFile(path: string): boolean {
  return /^\/([^\s:]*[^\s:/])$/.test(path);
}

/** Where a file is in a container that mounts it. */
export function pathOf(file: TlsFile): string {
  return file.kind === 'path' ? file.path : `${directoryOf(file)}/${file.key}`;
}

/** The key of which `pod.volumes` makes the file, for a container that does not have those volumes; any other file stays as it is. */
export function asSource(file: TlsFile, podVolumes: PodVolume[]): TlsFile {
  if (file.kind !== 'path') return file;
  const volume = podVolumes.find(({ _mount }) => isBelow(file.path, _mount));
  if (!volume) return file;
  const { _volume: { secret, configMap }, _mount: { mountPath } } = volume;
  const key = file.path.slice(withSlash(mountPath).length);
  if (key.includes('/')) return file;
  if (secret?.secretName) return { kind: 'secret', name: secret.secretName, key };
  return configMap?.name ? { kind: 'configMap', name: configMap.name, key } : file;
}

/** The files that one container reads: volumes with these keys and no others, and where they are mounted. */
export class TlsFiles {
  /**
   * @param role tells volumes apart where two containers of a pod read different keys of one Secret
   * @param podVolumes the volumes that paths may lie in
   */
  constructor(private readonly role: 'tls' | 'trust', private readonly files: TlsFile[], private readonly podVolumes: PodVolume[] = []) {}

  public volumes(): k8s.Volume[] {
    return this.sources().map((source): k8s.Volume => {
      const items = this.keysOf(source).map((key) => ({ key, path: key }));
      if (source.kind === 'configMap') return { name: this.volumeName(source), configMap: { name: source.name, items } };
      return { name: this.volumeName(source), secret: { secretName: source.name, items, defaultMode: 0o440 } };
    });
  }

  public mounts(): k8s.VolumeMount[] {
    return this.sources().map((source) => ({ name: this.volumeName(source), mountPath: directoryOf(source), readOnly: true }));
  }

  /** The mounts of `pod.volumes` in which files lie that are given as paths. */
  public podMounts(): k8s.VolumeMount[] {
    return this.podVolumes.filter(({ _mount }) => this.files.some((file) => file.kind === 'path' && isBelow(file.path, _mount)))
      .map(({ _mount }) => ({ ..._mount, readOnly: true }));
  }

  /** The files that may change, to be watched: those of an image do not. */
  public watched(): string[] {
    const changing = this.files.filter((file) => file.kind !== 'path' || this.podVolumes.some(({ _mount }) => isBelow(file.path, _mount)));
    return [...new Set(changing.map(pathOf))].sort();
  }

  private sources(): TlsSource[] {
    const byDirectory = new Map(this.files.flatMap((file): [string, TlsSource][] => file.kind === 'path' ? [] : [[directoryOf(file), file]]));
    return [...byDirectory].sort(([a], [b]) => a < b ? -1 : 1).map(([, source]) => source);
  }

  private keysOf({ kind, name }: TlsSource): string[] {
    const keys = this.files.flatMap((file) => file.kind !== 'path' && file.kind === kind && file.name === name ? file.key : []);
    return [...new Set(keys)].sort();
  }

  /** The name of a Secret may be longer than that of a volume, and have dots. */
  private volumeName({ kind, name }: TlsSource): string {
    const prefix = kind === 'secret' ? this.role : `${this.role}ca`;
    return isName(`${prefix}-${name}`, DNS_LABEL) ? `${prefix}-${name}` : `${prefix}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
  }
}

function directoryOf({ kind, name }: TlsSource): string {
  return `${kind === 'secret' ? CERTIFICATE_DIRECTORY : CA_CERTIFICATE_DIRECTORY}/${name}`;
}

function isBelow(path: string, { mountPath }: k8s.VolumeMount): boolean {
  return path.startsWith(withSlash(mountPath));
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
