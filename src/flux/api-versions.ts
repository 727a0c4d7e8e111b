import { FluxVersion, isSince } from './flux-version';

/** A version of a kind's API, and the releases that serve it: all that this library knows, unless it says otherwise. */
interface Served {
  readonly version: string;
  readonly since?: FluxVersion;
  readonly until?: FluxVersion;
}

interface ServedKind {
  readonly group: string;
  /** The newest first. */
  readonly served: Served[];
}

const { V2_6, V2_7, V2_8, V2_10 } = FluxVersion;

/** The definitions of each release: https://github.com/fluxcd/flux2/releases */
const kinds: { [kind: string]: ServedKind } = {
  ...inGroup('notification.toolkit.fluxcd.io', [{ version: 'v1', since: V2_10 }, { version: 'v1beta3' }, { version: 'v1beta2', until: V2_8 }, { version: 'v1beta1', until: V2_6 }], ['Alert', 'Provider']),
  ...inGroup('notification.toolkit.fluxcd.io', [{ version: 'v1' }, { version: 'v1beta2', until: V2_8 }, { version: 'v1beta1', until: V2_6 }], ['Receiver']),
  ...inGroup('kustomize.toolkit.fluxcd.io', [{ version: 'v1' }, { version: 'v1beta2', until: V2_7 }, { version: 'v1beta1', until: V2_6 }], ['Kustomization']),
  ...inGroup('helm.toolkit.fluxcd.io', [{ version: 'v2' }, { version: 'v2beta2', until: V2_7 }, { version: 'v2beta1', until: V2_6 }], ['HelmRelease']),
  ...inGroup('source.toolkit.fluxcd.io', [{ version: 'v1' }, { version: 'v1beta2', until: V2_7 }, { version: 'v1beta1', until: V2_6 }], [
    'GitRepository', 'OCIRepository', 'HelmRepository', 'HelmChart', 'Bucket',
  ]),
  ...inGroup('source.toolkit.fluxcd.io', [{ version: 'v1', since: V2_7 }], ['ExternalArtifact']),
  ...inGroup('image.toolkit.fluxcd.io', [{ version: 'v1', since: V2_7 }, { version: 'v1beta2', until: V2_8 }], ['ImageRepository', 'ImagePolicy', 'ImageUpdateAutomation']),
  ...inGroup('source.extensions.fluxcd.io', [{ version: 'v1beta1', since: V2_7 }], ['ArtifactGenerator']),
};

function inGroup(group: string, served: Served[], names: string[]): { [kind: string]: ServedKind } {
  return Object.fromEntries(names.map((kind) => [kind, { group, served }]));
}

/** The API version of a kind of Flux in a release: the newest that it serves. */
export function apiVersionOf(kind: string, flux: FluxVersion): string {
  return servedVersions(kind, flux)[0];
}

/** All API versions of a kind that a release serves, the newest first. */
export function servedVersions(kind: string, flux: FluxVersion): string[] {
  const { group, served } = kinds[kind];
  const inRelease = served.filter(({ since = flux, until = flux }) => isSince(flux, since) && isSince(until, flux));
  return inRelease.map(({ version }) => `${group}/${version}`);
}

/** Whether an object of this group and kind is one of Flux; others have kinds of the same names. */
export function isOfFlux({ apiGroup, kind }: { readonly apiGroup: string; readonly kind: string }): boolean {
  return kinds[kind]?.group === apiGroup;
}
