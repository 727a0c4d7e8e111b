import { Broken, broken, urlMistakes } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';
import { FluxObject } from '../flux-object';

export const FLUX_SOURCE_URL = defineRule({
  id: 'FLUX-SOURCE-URL',
  level: RuleLevel.ERROR,
  statement: 'The URL of a source has a scheme that its kind knows, no credentials, for a registry no tag, and is at the cloud whose identity is used.',
  source: 'The patterns of the CRDs; source-controller: "URL validation failed", "invalid AWS registry", "invalid GCP registry"',
});

export const FLUX_SOURCE_CLEAR = defineRule({
  id: 'FLUX-SOURCE-CLEAR',
  level: RuleLevel.GUARDED,
  statement: 'What Flux applies to a cluster comes over TLS: who can change it on its way can do in the cluster what Flux may.',
  source: 'Fetching over http sends credentials in clear, and proves nothing about the server',
});

const PLAIN_SSH = /^[\w.-]+@[\w.-]+:/;

/** A URL of a Git server. */
export function gitUrlMistakes(url: string): Broken[] {
  if (PLAIN_SSH.test(url)) {
    return broken(FLUX_SOURCE_URL, true, { what: `url is '${url}'`, allowed: 'a URL with https:// or ssh://', fix: `write ssh://${url.replace(':', '/')}` });
  }
  // The user of ssh is no secret, and has to be said.
  return schemeMistakes(url.replace(/^ssh:\/\/[^:@/]+@/, 'ssh://'), ['https:', 'http:', 'ssh:']);
}

/** A URL whose scheme is written as the pattern of the CRD wants it. */
export function schemeMistakes(url: string, schemes: string[], prop: string = 'url'): Broken[] {
  const found = urlMistakes(FLUX_SOURCE_URL, prop, url, schemes);
  if (found.length > 0 || schemes.some((scheme) => url.startsWith(`${scheme}//`))) return found;
  return broken(FLUX_SOURCE_URL, true, { what: `${prop} is '${url}'`, allowed: `a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}` });
}

const OCI_URL = /^oci:\/\/[^/]+(\/[a-z0-9._-]+)+$/;

/** A repository of a registry. */
export function ociUrlMistakes(url: string): Broken[] {
  const [tagged, , tag] = /^(oci:\/\/[^/]+\/[^:@]*)[:@](.*)$/.exec(url) ?? [];
  return [
    ...broken(FLUX_SOURCE_URL, tagged !== undefined, { what: `url is '${url}'`, allowed: 'a URL without a tag or digest', fix: `give '${tag}' as ref` }),
    ...schemeMistakes(url, ['oci:']),
    ...broken(FLUX_SOURCE_URL, !OCI_URL.test(url), { what: `url is '${url}'`, allowed: 'oci://<registry>/<repository>, the repository in lower case' }),
    ...broken(FLUX_SOURCE_URL, !/^oci:\/\/(localhost|[^/]*[.:][^/]*)\//.test(url), {
      what: `url is '${url}', which names no registry: Flux would ask Docker Hub`, allowed: 'oci://<registry>/<repository>', fix: 'write oci://docker.io/... if Docker Hub is meant',
    }),
  ];
}

const CLOUD_REGISTRIES: { [provider: string]: { readonly pattern: RegExp; readonly words: string } } = {
  aws: {
    pattern: /^(\d+\.dkr[.-]ecr(-fips)?\.[^/.]+\.(amazonaws\.com(\.cn)?|amazonaws\.eu|sc2s\.sgov\.gov|c2s\.ic\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov|on\.aws)|public\.ecr\.aws)$/,
    words: 'a registry such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com, or public.ecr.aws',
  },
  gcp: { pattern: /^((.+\.)?gcr\.io|.+-docker\.pkg\.dev|docker\.s3nsregistry\.fr)$/, words: 'a registry such as europe-docker.pkg.dev, or gcr.io' },
};

/** An identity of a cloud for a registry that is not of this cloud; that of an Azure of one's own may have any name. */
export function cloudRegistryMistakes(provider: string | undefined, url: string): Broken[] {
  const cloud = CLOUD_REGISTRIES[provider ?? ''];
  const [registry] = url.replace(/^oci:\/\//, '').split('/');
  return broken(FLUX_SOURCE_URL, cloud !== undefined && !cloud.pattern.test(registry), {
    what: `auth is by an identity of ${provider}, and the registry is ${registry}`, allowed: cloud?.words, fix: 'log in with FluxRegistryAuth.dockerConfig',
  });
}

/** Guards against fetching without TLS. */
export function checkClear(source: FluxObject, what: string, clear: boolean): void {
  if (clear) checkAtSynth(source, FLUX_SOURCE_CLEAR, () => [{ what, allowed: 'a server with TLS', fix: 'use it, with the CA of the server if that is your own' }]);
}
