import * as source from '../../../imports/source.toolkit.fluxcd.io';
import { broken } from '../../core/broken';
import { goRegexpMistakes } from '../../core/go-regexp';
import { defineRule, RuleLevel } from '../../core/rule';
import { FluxPart } from '../flux-part';
import { versionRangeMistakes } from '../semver-range';

export const FLUX_OCI_REF = defineRule({
  id: 'FLUX-OCI-REF',
  level: RuleLevel.ERROR,
  statement: 'An artifact of a registry is named by a tag, a digest, or a range of versions.',
  source: 'https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests',
});

/**
 * Which artifact of a repository in a registry is taken.
 * @see https://fluxcd.io/flux/components/source/ocirepositories/#reference
 */
export class FluxOciReference {
  /** What a tag names, which may change. A tag that registries do not allow throws. */
  public static tag(tag: string): FluxOciReference {
    return new FluxOciReference({
      spec: { tag },
      broken: broken(FLUX_OCI_REF, !/^\w[\w.-]{0,127}$/.test(tag), { what: `tag is '${tag}'`, allowed: 'at most 128 letters, digits, _, . and -, not beginning with . or -' }),
    });
  }

  /** One artifact, which no push changes, such as `sha256:` and 64 digits; anything else throws. */
  public static digest(digest: string): FluxOciReference {
    return new FluxOciReference({
      spec: { digest },
      broken: broken(FLUX_OCI_REF, !/^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(digest), { what: `digest is '${digest}'`, allowed: 'sha256: and 64 hexadecimal digits' }),
    });
  }

  /**
   * The tag with the highest version in a range, such as `>=1.2.0 <2.0.0`. What is no range throws, and a filter that Go cannot read.
   *
   * @param range of versions
   * @param filter a regular expression of Go; only tags that it matches are looked at; @default - all are
   */
  public static semver(range: string, filter?: string): FluxOciReference {
    return new FluxOciReference({ spec: { semver: range, semverFilter: filter }, broken: [...versionRangeMistakes(FLUX_OCI_REF, 'semver', range), ...goRegexpMistakes(FLUX_OCI_REF, 'filter', filter)] });
  }

  private constructor(/** @internal */ public readonly _part: FluxPart<source.OciRepositorySpecRef>) {}
}
