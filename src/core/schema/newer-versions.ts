import { Crd, CrdVersion, StructuralSchema } from './crd';

/** What a newer release serves besides what stands in `imports/`: a version that says the same as another but for a few fields and values. */
interface NewerVersion {
  readonly kind: string;
  readonly name: string;
  /** The version that it resembles. */
  readonly like: string;
  /** Fields of its spec that it lacks. */
  readonly without: string[];
  /** Values that it allows besides, by the field of its spec. */
  readonly moreValues: { readonly [field: string]: string[] };
}

/** @see https://github.com/fluxcd/notification-controller/blob/v1.10.0/api/v1 */
const newerVersions: { [group: string]: NewerVersion[] } = {
  'notification.toolkit.fluxcd.io': [
    { kind: 'Alert', name: 'v1', like: 'v1beta3', without: ['summary'], moreValues: {} },
    { kind: 'Provider', name: 'v1', like: 'v1beta3', without: ['interval', 'proxy'], moreValues: { type: ['zoom', 'incident.io', 'mastodon'] } },
  ],
};

/** The CRDs of a group with the versions that newer releases add. */
export function withNewerVersions(group: string, crds: Crd[]): Crd[] {
  return crds.map((crd) => {
    const added = (newerVersions[group] ?? []).filter(({ kind }) => kind === crd.spec.names.kind).map((newer) => derived(crd, newer));
    return added.length === 0 ? crd : { ...crd, spec: { ...crd.spec, versions: [...crd.spec.versions, ...added] } };
  });
}

function derived(crd: Crd, { name, like, without, moreValues }: NewerVersion): CrdVersion {
  const model = crd.spec.versions.find((version) => version.name === like)!;
  const root = model.schema!.openAPIV3Schema as Properties;
  const spec = root.properties.spec as Properties;
  const fields = Object.entries(spec.properties).filter(([field]) => !without.includes(field)).map(([field, schema]) => [
    field, moreValues[field] ? { ...schema, enum: [...schema.enum as string[], ...moreValues[field]] } : schema,
  ]);
  const properties = { ...root.properties, spec: { ...spec, properties: Object.fromEntries(fields) } };
  return { ...model, name, storage: false, schema: { openAPIV3Schema: { ...root, properties } } };
}

type Properties = StructuralSchema & { readonly properties: { readonly [field: string]: StructuralSchema } };
