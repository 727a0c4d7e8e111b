import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ExistingFluxObjectOptions, ExistingFluxSource, FluxSource } from './flux-source';
import { FluxGitAuth, noGitAuth } from './git-auth';
import { FluxGitReference } from './git-reference';
import { FluxGitVerification } from './git-verification';
import { artifactOptions, FluxArtifactOptions, renderSourceOptions } from './source-options';
import { checkClear, gitUrlMistakes } from './source-rules';
import * as source from '../../../imports/source.toolkit.fluxcd.io';
import { fluxResource, identityOf } from '../flux-object';
import { takeParts } from '../flux-part';
import { checkReference, FLUX_REFERENCE } from '../flux-reference';
import { checkDirectory } from '../path';

/** What of another Git repository is put into the files of this one. */
export interface FluxGitInclude {
  /** The other GitRepository, in the same namespace: another throws. */
  readonly repository: FluxSource;
  /**
   * Directory there. One with `..` or a leading `/` throws.
   * @default - all of it
   */
  readonly fromPath?: string;
  /**
   * Directory here. One with `..` or a leading `/` throws.
   * @default - the name of the other GitRepository
   */
  readonly toPath?: string;
}

/** A Git repository, and what of it is applied. */
export interface FluxGitRepositoryProps extends FluxArtifactOptions {
  /** URL with https:// or ssh://. Credentials in it throw; http:// is guarded. */
  readonly url: string;
  /** What is checked out. It has to be said, because Flux would take the branch `master`, which few repositories have. */
  readonly ref: FluxGitReference;
  /**
   * How Flux proves itself to the server. A URL with ssh:// throws without it.
   * @default - it does not: the repository is public
   */
  readonly auth?: FluxGitAuth;
  /**
   * By whose signatures commits or tags are believed.
   * @default - they are not verified
   */
  readonly verification?: FluxGitVerification;
  /**
   * Directories that alone are fetched. One with `..` or a leading `/` throws.
   * @default - all
   */
  readonly sparseCheckout?: string[];
  /**
   * Whether submodules are fetched too, with the same credentials.
   * @default false
   */
  readonly recurseSubmodules?: boolean;
  /**
   * What of other Git repositories is put into the files of this one.
   * @default - nothing
   */
  readonly include?: FluxGitInclude[];
}

/**
 * A Git repository from which Flux applies.
 * @see https://fluxcd.io/flux/components/source/gitrepositories/
 */
export class FluxGitRepository extends FluxSource {
  /** A GitRepository that exists already, such as the one that `flux bootstrap` has made. An invalid name or namespace throws. */
  public static fromGitRepositoryName(scope: Construct, id: string, name: string, options: ExistingFluxObjectOptions = {}): FluxSource {
    return new ExistingFluxSource(scope, id, 'GitRepository', name, options);
  }

  public readonly kind: string = 'GitRepository';
  public readonly objectName: string;
  public readonly namespace: string;
  /** The GitRepository. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: FluxGitRepositoryProps) {
    super(scope, id);
    ({ name: this.objectName, namespace: this.namespace } = identityOf(this, props));
    const { url, ref, sparseCheckout, recurseSubmodules } = props;
    const [auth, verification, options] = [props.auth?._partFor(url) ?? noGitAuth(url), props.verification?._partFor(ref), artifactOptions(props)];
    takeParts(this, [{ broken: gitUrlMistakes(url) }, ref._part, auth, verification, options]);
    for (const directory of sparseCheckout ?? []) checkDirectory(this, 'sparseCheckout', directory);
    checkClear(this, `url is '${url}'`, url.startsWith('http:'));
    this.apiObject = fluxResource(this, this.kind, props, source.toJson_GitRepositorySpec({
      url,
      ref: ref._part.spec,
      ...auth.spec,
      ...renderSourceOptions(this, props),
      verify: verification?.spec,
      ...options.spec,
      sparseCheckout,
      recurseSubmodules,
      include: props.include?.map((one) => this.renderInclude(one)),
    }));
  }

  private renderInclude({ repository, fromPath, toPath }: FluxGitInclude): source.GitRepositorySpecInclude {
    checkReference(this, 'include.repository', repository, [this.kind]);
    if (repository.namespace !== this.namespace) {
      throw FLUX_REFERENCE.error(this, {
        what: `include.repository is '${repository.objectName}' of namespace '${repository.namespace}'`, allowed: `a GitRepository of namespace '${this.namespace}', where alone Flux looks for it`,
      });
    }
    for (const [prop, path] of Object.entries({ fromPath, toPath })) if (path !== undefined) checkDirectory(this, `include.${prop}`, path);
    return { repository: { name: repository.objectName }, fromPath, toPath };
  }
}
