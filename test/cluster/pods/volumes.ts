import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { losePower, mountDisk } from './disk';
import { NodeServices } from './node-services';
import { run } from './shell';
import { Manifest } from '../../support';

/** The files of a volume, by their path in it; undefined for one that only its users write to. */
type Files = { readonly [path: string]: Buffer };

const DATA = '..data';

/** The volumes of a pod as folders of this machine. What claims hold outlives the pod. */
export class Volumes {
  private readonly folder: string;
  /** An hour long, which is longer than any test. */
  private token?: Promise<string>;

  constructor(private readonly services: Pick<NodeServices, 'client' | 'folders' | 'disks'>, private readonly pod: Manifest) {
    this.folder = join(services.folders, 'pods', pod.metadata.uid);
  }

  /** The folder of a volume. */
  public folderOf({ name, persistentVolumeClaim }: Manifest): string {
    return persistentVolumeClaim ? join(this.services.folders, 'claims', this.pod.metadata.namespace, persistentVolumeClaim.claimName) : join(this.folder, name);
  }

  /** Takes the power from the disks. */
  public losePower(): void {
    for (const volume of this.pod.spec.volumes) if (volume.persistentVolumeClaim) losePower(this.folderOf(volume));
  }

  /** Brings all volumes to what the API server says, as kubelet does it again and again; a missing Secret or ConfigMap throws. */
  public async refresh(): Promise<void> {
    const { volumes = [], securityContext: { fsGroup = 0 } = {} } = this.pod.spec;
    for (const volume of volumes) {
      const folder = this.folderOf(volume);
      if (!existsSync(folder)) {
        if (volume.persistentVolumeClaim && this.services.disks) mountDisk(folder);
        mkdirSync(folder, { recursive: true, mode: 0o2775 });
        run('chmod', '2775', folder);
      }
      if (statSync(folder).gid !== fsGroup) giveTo(fsGroup, folder);
      const files = await this.filesOf(volume);
      if (files) write(folder, files, fsGroup);
    }
  }

  private async filesOf({ configMap, secret, projected, downwardAPI }: Manifest): Promise<Files | undefined> {
    if (configMap) return this.keysOf('ConfigMap', configMap.name, configMap);
    if (secret) return this.keysOf('Secret', secret.secretName, secret);
    if (downwardAPI) return fields(this.pod, downwardAPI.items);
    if (!projected) return undefined;
    const parts = await Promise.all(projected.sources.map((source: Manifest) => this.projectedFiles(source)));
    return Object.assign({}, ...parts);
  }

  private async projectedFiles({ serviceAccountToken: token, configMap, secret, downwardAPI }: Manifest): Promise<Files> {
    if (token) {
      this.token ??= this.services.client.tokenOf(this.pod.metadata.namespace, this.pod.spec.serviceAccountName);
      return { [token.path]: Buffer.from(await this.token) };
    }
    if (configMap) return this.keysOf('ConfigMap', configMap.name, configMap);
    return secret ? this.keysOf('Secret', secret.name, secret) : fields(this.pod, downwardAPI.items);
  }

  private async keysOf(kind: 'ConfigMap' | 'Secret', name: string, { items, optional = false }: Manifest): Promise<Files> {
    const { status, body } = await this.services.client.get({ apiVersion: 'v1', kind, metadata: { name, namespace: this.pod.metadata.namespace } });
    if (status === 404 && optional) return {};
    if (status !== 200) throw new Error(`there is no ${kind} ${name}`);
    const data: [string, string][] = Object.entries(body.data ?? {});
    const values = new Map(data.map(([key, value]) => [key, Buffer.from(value, kind === 'Secret' ? 'base64' : 'utf8')]));
    const wanted: { key: string; path: string }[] = items ?? [...values.keys()].map((key) => ({ key, path: key }));
    return Object.fromEntries(wanted.map(({ key, path }) => {
      const value = values.get(key);
      if (!value) throw new Error(`there is no key ${key} in ${kind} ${name}`);
      return [path, value];
    }));
  }
}

function fields(pod: Manifest, items: Manifest[]): Files {
  return Object.fromEntries(items.map(({ path, fieldRef: { fieldPath } }) => [path, Buffer.from(`${fieldOf(pod, fieldPath)}`)]));
}

/** A field of a pod, as `metadata.labels['zone']`. */
export function fieldOf(pod: Manifest, path: string): string {
  const [, map, key] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? [];
  if (map) return pod.metadata[map]?.[key] ?? '';
  return path.split('.').reduce((value, name) => value?.[name], pod) as unknown as string;
}

/**
 * Changes all files of a volume in one step, as kubelet does, if one of them says something else: they are in a folder beside it, to which a link leads. A program that
 * watches them sees the link change, never half of a file, and never a key without its certificate.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/volume/util/atomic_writer.go
 */
function write(volume: string, files: Files, group: number): void {
  const link = join(volume, DATA);
  const paths = Object.keys(files);
  if (existsSync(link) && paths.every((path) => existsSync(join(link, path)) && readFileSync(join(link, path)).equals(files[path]))) return;
  const old = existsSync(link) ? realpathSync(link) : undefined;
  const fresh = mkdtempSync(`${volume}/..`);
  chownSync(fresh, 0, group);
  chmodSync(fresh, 0o750);
  for (const path of paths) {
    const file = join(fresh, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, files[path], { mode: 0o640 });
    chownSync(file, 0, group);
  }
  symlinkSync(basename(fresh), `${link}_tmp`);
  renameSync(`${link}_tmp`, link);
  for (const top of new Set(paths.map((path) => path.split('/')[0]))) if (!existsSync(join(volume, top))) symlinkSync(join(DATA, top), join(volume, top));
  if (old) rmSync(old, { recursive: true });
}

/** Lets a group have all that a volume holds, as kubelet does with what another pod has left. */
function giveTo(group: number, folder: string): void {
  run('chown', '--recursive', `:${group}`, folder);
  run('chmod', '--recursive', 'g+rwX', folder);
  run('find', folder, '-type', 'd', '-exec', 'chmod', 'g+s', '{}', '+');
}
