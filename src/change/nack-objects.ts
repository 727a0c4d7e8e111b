import { Manifest, Manifests } from './manifests';
import { NACK_GROUP } from '../jetstream/nack/crd-defaults';

/** Kinds of resources that NACK makes on the servers, with what each calls itself there. */
const namesOnServer: { [kind: string]: (spec: any) => string } = {
  Stream: ({ name }) => name,
  Consumer: ({ streamName, durableName }) => `${streamName} > ${durableName}`,
  KeyValue: ({ bucket }) => bucket,
  ObjectStore: ({ bucket }) => bucket,
};

/** Whether NACK makes something on the servers for an object. */
export function isServerAsset({ apiVersion, kind }: Manifest): boolean {
  return apiVersion.startsWith(`${NACK_GROUP}/`) && kind in namesOnServer;
}

/** Whether an object says how NACK gets to an account of the servers. */
export function isConnection({ apiVersion, kind }: Manifest): boolean {
  return apiVersion.startsWith(`${NACK_GROUP}/`) && kind === 'Account';
}

/** Where an asset lives, and what it is called there: two objects with the same are one asset. */
export function assetOf(manifest: Manifest): string {
  return JSON.stringify([manifest.kind, nameOnServer(manifest), ...connectionOf(manifest)]);
}

export function nameOnServer({ kind, spec = {} }: Manifest): string {
  return namesOnServer[kind](spec);
}

/** What decides to which account of which servers NACK goes. */
export function connectionOf({ metadata, spec = {} }: Manifest): string[] {
  return spec.account ? [metadata.namespace ?? '', spec.account, spec.jsDomain ?? ''] : ['', '', spec.jsDomain ?? '', ...spec.servers ?? []];
}

/** The resources of one kind, by what they are on the servers. */
export function assetsIn(manifests: Manifests): Map<string, Manifest> {
  return new Map([...manifests.values()].filter(isServerAsset).map((manifest) => [assetOf(manifest), manifest]));
}
