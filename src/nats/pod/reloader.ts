import { Size } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { ContainerResources, renderResources, ResolvedResources, resolveResources } from './container-resources';
import { NatsImages, renderImage } from './images';
import { CONFIG_DIRECTORY, CONFIG_FILE, PID_FILE, RUN_DIRECTORY } from './paths';
import { RESTRICTED_CONTAINER } from './security';
import { IncludedSecrets } from '../auth/included-secrets';
import { TlsFiles } from '../tls/tls-files';

/**
 * The sidecar that tells the server to reload when its configuration changes. Changes that a reload cannot apply restart the servers,
 * one by one, with or without it.
 */
export interface NatsReloaderOptions {
  /**
   * Whether there is a reloader. Without it, changes that a reload applies wait for the next restart.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Its CPU and memory.
   * @default - 0.01 cores and 32 MiB, limited to 0.1 cores
   */
  readonly resources?: ContainerResources;
}

/** The reloader with its defaults. */
export interface ReloaderState {
  readonly resources: ResolvedResources;
}

/** The reloader, unless there is none. */
export function resolveReloader(scope: Construct, { enabled = true, resources }: NatsReloaderOptions = {}): ReloaderState | undefined {
  if (!enabled) return undefined;
  return { resources: resolveResources(scope, 'reloader.resources', resources ?? { cpuLimit: 0.1 }, { cpu: 0.01, memory: Size.mebibytes(32) }) };
}

export function renderReloader({ resources }: ReloaderState, images: NatsImages, included: IncludedSecrets, tls: TlsFiles): k8s.Container {
  return {
    name: 'reloader',
    ...renderImage(images, 'reloader'),
    args: ['-pid', PID_FILE, ...[CONFIG_FILE, ...included.files(), ...tls.watched()].flatMap((file) => ['-config', file])],
    resources: renderResources(resources),
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: 'pid', mountPath: RUN_DIRECTORY },
      { name: 'config', mountPath: CONFIG_DIRECTORY, readOnly: true },
      ...included.mounts(),
      ...tls.mounts(),
      ...tls.podMounts(),
    ],
  };
}
