import { FluxVersion, isSince } from '../flux-version';

/** A kind of Flux whose objects report events, and can be told to reconcile. */
export enum FluxKind {
  KUSTOMIZATION = 'Kustomization',
  HELM_RELEASE = 'HelmRelease',
  GIT_REPOSITORY = 'GitRepository',
  OCI_REPOSITORY = 'OCIRepository',
  HELM_REPOSITORY = 'HelmRepository',
  HELM_CHART = 'HelmChart',
  BUCKET = 'Bucket',
  IMAGE_REPOSITORY = 'ImageRepository',
  IMAGE_POLICY = 'ImagePolicy',
  IMAGE_UPDATE_AUTOMATION = 'ImageUpdateAutomation',
  /** Since Flux 2.8. */
  ARTIFACT_GENERATOR = 'ArtifactGenerator',
  /** Since Flux 2.8. */
  EXTERNAL_ARTIFACT = 'ExternalArtifact',
}

/** The kinds from which others take what they apply. An error of theirs is all that tells why nothing new arrives. */
export const sourceKinds: string[] = [
  FluxKind.GIT_REPOSITORY, FluxKind.OCI_REPOSITORY, FluxKind.HELM_REPOSITORY, FluxKind.HELM_CHART, FluxKind.BUCKET, FluxKind.EXTERNAL_ARTIFACT,
];

const newKinds: string[] = [FluxKind.ARTIFACT_GENERATOR, FluxKind.EXTERNAL_ARTIFACT];

/** The release since which a kind can be named, if that is not all that this library knows. */
export function kindSince(kind: string): FluxVersion | undefined {
  return newKinds.includes(kind) ? FluxVersion.V2_8 : undefined;
}

/** All kinds that a release knows, in the order above. */
export function kindsOf(version: FluxVersion): FluxKind[] {
  return Object.values(FluxKind).filter((kind) => isSince(version, kindSince(kind) ?? version));
}

export function isFluxKind(kind: string): kind is FluxKind {
  return Object.values<string>(FluxKind).includes(kind);
}
