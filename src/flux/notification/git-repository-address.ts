import { Construct } from 'constructs';
import { PROVIDER, publicUrl } from './provider-part';

/** What the path of a repository's address is at a service, in words and as Flux reads it. */
export interface GitPath {
  readonly pattern: RegExp;
  readonly words: string;
}

export const ownerAndName: GitPath = { pattern: /^[^/]+\/[^/]+$/, words: 'https://<host>/<owner>/<repository>' };
export const gitLabProject: GitPath = { pattern: /^[^/]+(\/[^/]+)*$/, words: 'https://<host>/<group>/<project>, or the id of the project as the path' };
export const azureRepository: GitPath = { pattern: /^[^/]+\/[^/]+\/_git\/[^/]+$/, words: 'https://dev.azure.com/<organization>/<project>/_git/<repository>' };
export const bitbucketServerRepository: GitPath = { pattern: /^(.+\/)?scm\/[^/]+\/[^/]+$/, words: 'https://<host>/scm/<project>/<repository>' };

/** The address of a Git repository. One that has not the path which the service needs throws. */
export function repositoryAddress(scope: Construct, text: string, { pattern, words }: GitPath): string {
  const path = new URL(publicUrl(scope, 'repository', text)).pathname.replace(/^\/+/, '').replace(/\.git$/, '');
  if (!pattern.test(path)) throw PROVIDER.error(scope, { what: `repository is '${text}'`, allowed: words });
  return text;
}
