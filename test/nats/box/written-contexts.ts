import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { NatsCluster } from '../../../src';
import { Manifest, synth } from '../../support';

/** The context that a nats-box has anyway. */
export function defaultContext(cluster: NatsCluster): Manifest {
  return writtenContexts(synth(cluster).get('Deployment', 'nats-box').spec.template.spec)['default.json'];
}

/**
 * What the command of a nats-box's pod writes: each context, and which is the default one. Kubernetes reads `$$` as `$`.
 *
 * @param values of keys of Secrets, by Secret and key; others have the value `<Secret>/<key>`
 */
export function writtenContexts(pod: Manifest, values: { [path: string]: string } = {}): { [file: string]: any } {
  const folder = mkdtempSync(join(tmpdir(), 'nats-box-'));
  try {
    for (const { secret } of mountedSecrets(pod)) {
      mkdirSync(join(folder, 'secrets', secret.secretName), { recursive: true });
      for (const { key } of secret.items) writeFileSync(join(folder, 'secrets', secret.secretName, key), values[`${secret.secretName}/${key}`] ?? `${secret.secretName}/${key}`);
    }
    const script = pod.containers[0].command[2].replace(/\$\$/g, '$').replace(/\/etc\/nats-box/g, join(folder, 'secrets')).replace(/\ntrap[^]*/, '');
    execFileSync('/bin/sh', ['-ec', script], { env: { XDG_CONFIG_HOME: folder, PATH: process.env.PATH } });
    const contexts = readdirSync(join(folder, 'nats/context')).map((file) => {
      expect(statSync(join(folder, 'nats/context', file)).mode.toString(8)).toBe('100600');
      return [file, JSON.parse(readFileSync(join(folder, 'nats/context', file), 'utf8').split(join(folder, 'secrets')).join('/etc/nats-box'))];
    });
    return { ...Object.fromEntries(contexts), default: readFileSync(join(folder, 'nats/context.txt'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function mountedSecrets({ volumes, containers }: Manifest): Manifest[] {
  const mounts: Manifest[] = containers[0].volumeMounts.filter(({ mountPath }: Manifest) => mountPath.startsWith('/etc/nats-box/'));
  return mounts.map(({ name }) => volumes.find((volume: Manifest) => volume.name === name));
}
