import * as source from '../../../imports/source.toolkit.fluxcd.io';
import { broken } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { wire } from '../../core/wire';
import { FluxPart, FluxSecret } from '../flux-part';
import { FluxVersion } from '../flux-version';
import { FluxGitReference } from './git-reference';

export const FLUX_GIT_VERIFY = defineRule({
  id: 'FLUX-GIT-VERIFY',
  level: RuleLevel.ERROR,
  statement: 'The signature of a tag is verified where ref leads to a tag.',
  source: 'source-controller: "cannot verify tag object\'s signature if a tag reference is not specified"',
});

/** Which object of Git has to be signed. */
export enum FluxGitSigned {
  /** The commit. */
  HEAD = 'HEAD',
  /** The tag; ref must lead to one. */
  TAG = 'Tag',
  /** Both; ref must lead to a tag. */
  TAG_AND_HEAD = 'TagAndHEAD',
}

/**
 * By whose signatures a Git repository is believed.
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#verification
 */
export class FluxGitVerification {
  /** By PGP: public keys of the authors in keys of a Secret that end in `.asc`. */
  public static pgp(secretName: string, signed: FluxGitSigned = FluxGitSigned.HEAD): FluxGitVerification {
    return new FluxGitVerification(signed, secretName, { '*.asc': 'public PGP key of an author, armored' }, false);
  }

  /** By ssh: public keys of the authors in keys of a Secret that end in `.sshpub`; for Flux 2.9 and newer. */
  public static ssh(secretName: string, signed: FluxGitSigned = FluxGitSigned.HEAD): FluxGitVerification {
    return new FluxGitVerification(signed, secretName, { '*.sshpub': 'public ssh key of an author' }, true);
  }

  private constructor(
    private readonly signed: FluxGitSigned, private readonly secretName: string, private readonly keys: FluxSecret['keys'], private readonly ssh: boolean,
  ) {}

  /** @internal */
  public _partFor(ref: FluxGitReference): FluxPart<source.GitRepositorySpecVerify> {
    const { signed, secretName, keys, ssh } = this;
    return {
      spec: { mode: wire(signed), secretRef: { name: secretName } },
      secrets: [{ prop: 'verification', secretName, keys }],
      broken: broken(FLUX_GIT_VERIFY, signed !== FluxGitSigned.HEAD && !ref._canBeTag, {
        what: `verification is of ${signed}, and ref leads to no tag`, allowed: 'FluxGitSigned.HEAD, or a tag as ref', fix: 'give ref: FluxGitReference.tag or semver',
      }),
      features: [['verification by ssh', FluxVersion.V2_9, ssh]],
    };
  }
}
