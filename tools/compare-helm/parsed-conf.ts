import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { TranslatedCase } from './cases';
import { Manifest } from './leaves';
import { confJson } from '../../test/server/harness/binaries';
import { containerProcess } from '../../test/server/harness/pod-env';

type Secrets = TranslatedCase['secrets'];

/** The objects, with nats.conf in the ConfigMap as the server reads it in the first pod of the StatefulSet. */
export function withParsedConf(objects: Manifest[], secrets: Secrets = {}): Manifest[] {
  return objects.map((object) => {
    const conf = object.kind === 'ConfigMap' ? object.data['nats.conf'] : undefined;
    return conf === undefined ? object : { ...object, data: { ...object.data, 'nats.conf': parsed(conf, serverEnv(objects, secrets)) } };
  });
}

function serverEnv(objects: Manifest[], secrets: Secrets): { readonly [name: string]: string } {
  const { metadata, spec } = objects.find(({ kind }) => kind === 'StatefulSet')!;
  const container = spec.template.spec.containers.find(({ name }: Manifest) => name === 'nats');
  return containerProcess(container, { secrets, fields: { 'metadata.name': `${metadata.name}-0` } }).env;
}

function parsed(conf: string, env: { readonly [name: string]: string }): Manifest {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'compare-helm-'));
  try {
    const file = path.join(folder, 'nats.conf');
    fs.writeFileSync(file, conf);
    return JSON.parse(execFileSync(confJson(), [file], { env, encoding: 'utf8' }));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
