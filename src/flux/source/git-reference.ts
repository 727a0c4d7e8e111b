import * as source from '../../../imports/source.toolkit.fluxcd.io';
import { Broken, broken } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { FluxPart } from '../flux-part';
import { versionRangeMistakes } from '../semver-range';

export const FLUX_GIT_REF = defineRule({
  id: 'FLUX-GIT-REF',
  level: RuleLevel.ERROR,
  statement: 'What is checked out of a Git repository is named as Git names it.',
  source: 'https://git-scm.com/docs/git-check-ref-format, and https://fluxcd.io/flux/components/source/gitrepositories/#reference',
});

type Reference = source.GitRepositorySpecRef;

/**
 * What of a Git repository is applied.
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#reference
 */
export class FluxGitReference {
  /** The newest commit of a branch. A name that Git does not allow throws. */
  public static branch(branch: string): FluxGitReference {
    return new FluxGitReference({ spec: { branch }, broken: nameMistakes('branch', branch) });
  }

  /** A tag. A name that Git does not allow throws. */
  public static tag(tag: string): FluxGitReference {
    return new FluxGitReference({ spec: { tag }, broken: nameMistakes('tag', tag) });
  }

  /** The tag with the highest version in a range, such as `>=1.2.0 <2.0.0`. What is no range throws. */
  public static semver(range: string): FluxGitReference {
    return new FluxGitReference({ spec: { semver: range }, broken: versionRangeMistakes(FLUX_GIT_REF, 'semver', range) });
  }

  /** A reference by its full name, such as `refs/pull/420/head`. One that does not begin with `refs/` throws. */
  public static fullName(name: string): FluxGitReference {
    return new FluxGitReference({
      spec: { name },
      broken: [
        ...nameMistakes('the full name', name),
        ...broken(FLUX_GIT_REF, !name.startsWith('refs/'), { what: `the full name is '${name}'`, allowed: 'a name such as refs/heads/main' }),
      ],
    });
  }

  /**
   * One commit, which no push changes.
   *
   * @param sha all 40 digits; anything else throws
   * @param branch that has it, so that only this branch is fetched; @default - all are
   */
  public static commit(sha: string, branch?: string): FluxGitReference {
    return new FluxGitReference({
      spec: { commit: sha, branch },
      broken: [
        ...broken(FLUX_GIT_REF, !/^[0-9a-f]{40}$/.test(sha), { what: `commit is '${sha}'`, allowed: 'a SHA-1 of 40 hexadecimal digits' }),
        ...branch === undefined ? [] : nameMistakes('branch', branch),
      ],
    });
  }

  private constructor(/** @internal */ public readonly _part: FluxPart<Reference>) {}

  /** @internal Whether it can lead to a tag, which alone can have a signature of its own. */
  public get _canBeTag(): boolean {
    const { tag, semver, name } = this._part.spec;
    return tag !== undefined || semver !== undefined || name?.startsWith('refs/tags/') === true;
  }
}

const FORBIDDEN = /^[-/]|[\s~^:?*[\\\x00-\x1f\x7f]|\.\.|@\{|\/\/|[/.]$|\.lock$|^@?$|(^|\/)\./;

function nameMistakes(prop: string, name: string): Broken[] {
  return broken(FLUX_GIT_REF, typeof name !== 'string' || FORBIDDEN.test(name), { what: `${prop} is '${name}'`, allowed: 'a name that git check-ref-format allows' });
}
