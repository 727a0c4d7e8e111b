import { Manifests } from './manifests';
import { isSince, NatsVersion, NEWEST_VERSION, versionOfImage } from '../nats/nats-version';

/** The version of the servers of an environment, the oldest where there are several; the newest that is known, where no image tells. */
export function versionOfServers(manifests: Manifests): NatsVersion {
  const images = [...manifests.values()].filter(({ kind }) => kind === 'StatefulSet').flatMap(({ spec }) => containersOf(spec).map(({ image }) => image));
  return images.map(versionOf).reduce((oldest, version) => isSince(version, oldest) ? oldest : version, NEWEST_VERSION);
}

function containersOf(spec: any): { readonly image?: string }[] {
  return spec?.template?.spec?.containers ?? [];
}

/** `registry:5000/nats:2.14.2-alpine@sha256:...` */
function versionOf(image: string = ''): NatsVersion {
  const [, repository, tag] = /^(.*?)(?::([^:/@]+))?(?:@.*)?$/.exec(image)!;
  const version = versionOfImage(repository, tag);
  return version === undefined || version === 'unknown' ? NEWEST_VERSION : version;
}
