import { describeMistake } from './mistake';

/** When a node pulls an image. */
export enum ImagePullPolicy {
  ALWAYS = 'Always',
  IF_NOT_PRESENT = 'IfNotPresent',
  NEVER = 'Never',
}

/** Which image, apart from its repository. */
export interface ContainerImageOptions {
  /**
   * Host of the registry, such as `registry.example.com`, without a scheme.
   * @default - the registry that the construct names for all its images, else the container runtime's default
   */
  readonly registry?: string;
  /**
   * Tag. Give a tag or a digest: an image without either is whatever `latest` is when a node pulls it, and throws.
   * @default - none
   */
  readonly tag?: string;
  /**
   * Digest, such as `sha256:` and 64 hexadecimal digits; with a tag, the digest decides.
   * @default - none
   */
  readonly digest?: string;
  /**
   * When a node pulls the image.
   * @default - Kubernetes' default: if it is not present
   */
  readonly pullPolicy?: ImagePullPolicy;
}

/** A container image that names its version. */
export class ContainerImage {
  /**
   * An image of a repository.
   *
   * A repository that holds a tag or a digest, a scheme, or upper-case letters throws, as does an image without tag and digest.
   *
   * @param repository path in the registry, such as `natsio/nats-box`
   * @see https://github.com/distribution/reference
   */
  public static of(repository: string, options: ContainerImageOptions): ContainerImage {
    if (!/^[a-z0-9]+([._/-]+[a-z0-9]+)*$/.test(repository)) {
      throw refused(`repository '${repository}' is not a path in a registry`, 'lower-case path components such as natsio/nats-box', 'give registry, tag and digest as options');
    }
    if (options.registry !== undefined && !/^[A-Za-z0-9.-]+(:[0-9]+)?(\/[a-z0-9._/-]+)?$/.test(options.registry)) {
      throw refused(`registry '${options.registry}' is not a host`, 'a host with an optional port and path, without a scheme', 'write registry.example.com');
    }
    if (options.tag !== undefined && !/^\w[\w.-]{0,127}$/.test(options.tag)) {
      throw refused(`tag '${options.tag}' of ${repository} is not a tag`, 'letters, digits, _, . and -, at most 128', 'give only what follows the colon');
    }
    if (options.digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(options.digest)) {
      throw refused(`digest '${options.digest}' of ${repository} is not a digest`, 'sha256: and 64 hexadecimal digits', 'copy it from the registry');
    }
    if (!options.tag && !options.digest) {
      throw refused(`image ${repository} has no tag and no digest`, 'a tag, a digest, or both', 'pin the version that you have tested');
    }
    return new ContainerImage(repository, options);
  }

  private constructor(
    /** Path in the registry. */
    public readonly repository: string,
    /** Registry, tag, digest and pull policy. */
    public readonly options: ContainerImageOptions,
  ) {}

  /** The reference as a pod names it, with a registry for images that name none themselves. */
  public reference(defaultRegistry?: string): string {
    const { registry = defaultRegistry, tag, digest } = this.options;
    return `${registry ? `${registry}/` : ''}${this.repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
  }
}

function refused(what: string, allowed: string, fix: string): Error {
  return new Error(describeMistake({ what, allowed, fix }));
}
