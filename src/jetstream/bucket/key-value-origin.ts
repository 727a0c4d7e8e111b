import { Construct } from 'constructs';
import { keyValueStreamName } from './bucket-stream';
import type { KeyValueBucketBase } from './key-value-bucket-base';
import { AccountAssets } from '../assets/account-assets';
import { StreamOriginConfig } from '../stream/stream-config';
import { checkSameAccount } from '../stream/stream-origin';
import { resolveTransform, StreamSubjectTransform } from '../stream/subject-transforms';

/** What of another bucket is copied, and how it is reached. */
export interface KeyValueOriginOptions {
  /**
   * First sequence number that is copied.
   * @default - from the beginning
   */
  readonly startSequence?: number;
  /**
   * Time from which on values are copied, as RFC 3339 writes it: `2026-08-01T00:00:00Z`.
   * @default - from the beginning
   */
  readonly startTime?: string;
  /**
   * Subject of the values that a mirror copies, such as `$KV.carts.eu.>`; for a source it throws.
   * @default - all
   */
  readonly filterSubject?: string;
  /**
   * The subjects that are copied, and what becomes of them: keys have the subjects `$KV.<bucket>.<key>`.
   * @default - all keys; those of a source become keys of the bucket
   */
  readonly subjectTransforms?: StreamSubjectTransform[];
  /**
   * Prefix of the JetStream API through which a bucket of another account or domain is reached, such as `$JS.hub.API`.
   * @default - the bucket is in the same account
   */
  readonly externalApiPrefix?: string;
  /**
   * Prefix of the subjects on which values from another account come.
   * @default - none
   */
  readonly externalDeliverPrefix?: string;
}

/** A bucket from which another copies, as its mirror or from several sources. */
export class KeyValueOrigin {
  /** A bucket of the app. One of another account throws without `externalApiPrefix`. */
  public static bucket(bucket: KeyValueBucketBase, options: KeyValueOriginOptions = {}): KeyValueOrigin {
    return new KeyValueOrigin(bucket.bucketName, options, bucket);
  }

  /** A bucket by its name, which may be described later, or not in this app. */
  public static named(name: string, options: KeyValueOriginOptions = {}): KeyValueOrigin {
    return new KeyValueOrigin(name, options);
  }

  private constructor(private readonly name: string, private readonly options: KeyValueOriginOptions, private readonly bucket?: KeyValueBucketBase) {}

  /** @internal */
  public _resolve(scope: Construct, assets: AccountAssets): StreamOriginConfig {
    const { subjectTransforms = [], ...options } = this.options;
    if (this.bucket) checkSameAccount(scope, `bucket '${this.name}'`, this.bucket, assets, options.externalApiPrefix);
    // The client puts the prefix before a name that has none, unless there are transforms; with the prefix it is the same name always.
    return { ...options, name: keyValueStreamName(this.name), subjectTransforms: subjectTransforms.map(resolveTransform) };
  }
}
