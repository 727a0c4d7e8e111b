import { FluxVersion, isSince } from './flux-version';

const groups: { [kind: string]: string } = {
  Alert: 'notification.toolkit.fluxcd.io',
  Provider: 'notification.toolkit.fluxcd.io',
  Receiver: 'notification.toolkit.fluxcd.io',
  Kustomization: 'kustomize.toolkit.fluxcd.io',
  HelmRelease: 'helm.toolkit.fluxcd.io',
  GitRepository: 'source.toolkit.fluxcd.io',
  OCIRepository: 'source.toolkit.fluxcd.io',
  HelmRepository: 'source.toolkit.fluxcd.io',
  Bucket: 'source.toolkit.fluxcd.io',
};

/** The API version of a kind of Flux in a release: the newest that it serves. */
export function apiVersionOf(kind: string, flux: FluxVersion): string {
  return `${groups[kind]}/${versionOf(kind, flux)}`;
}

function versionOf(kind: string, flux: FluxVersion): string {
  switch (kind) {
    case 'Alert':
    case 'Provider':
      return isSince(flux, FluxVersion.V2_10) ? 'v1' : 'v1beta3';
    case 'HelmRelease':
      return 'v2';
    default:
      return 'v1';
  }
}
