import { SubjectTransformConfig } from './stream-config';

/**
 * Subjects that become others.
 * @see https://docs.nats.io/nats-concepts/subject_mapping
 */
export interface StreamSubjectTransform {
  /**
   * What is transformed, wildcards included.
   * @default - everything
   */
  readonly source?: string;
  /** What becomes of it; wildcards of the source are `$1`, `$2`, or functions such as `{{wildcard(1)}}`. */
  readonly destination: string;
}

/** Messages that are published once more when they are stored. */
export interface StreamRepublish {
  /**
   * Which subjects.
   * @default - all
   */
  readonly source?: string;
  /** The subject that they get; wildcards of the source are `$1`, `$2`, or functions such as `{{wildcard(1)}}`. */
  readonly destination: string;
}

export function resolveTransform({ source = '', destination }: StreamSubjectTransform): SubjectTransformConfig {
  return { source, destination };
}

/** Pedantic servers want all subjects in words. */
export function resolveRepublish({ source = '>', destination }: StreamRepublish): SubjectTransformConfig {
  return { source, destination };
}
