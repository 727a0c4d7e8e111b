import { Construct } from 'constructs';
import { bucketReadGrant, bucketWriteGrant } from './bucket-grants';
import { BucketReadGrant, BucketWriteGrant } from './grant-options';
import { GRANT_NOTHING, GRANT_READ_WIDER, GRANT_WRITE_KEYS } from './grant-rules';
import { checkKeys } from './granted-subjects';
import { grantIn } from './grantee';
import { namesOf, widerReadings } from './readings';
import { Mistake } from '../../core/mistake';
import { checkAtSynth } from '../../core/rules';
import { NatsUser } from '../../nats/auth/nats-user';
import type { JetStreamTarget } from '../target/jetstream-target';

/** A bucket of which something can be granted. */
export interface GrantedBucket {
  readonly construct: Construct;
  readonly name: string;
  readonly target: JetStreamTarget;
  /** The bucket of which it is a mirror. */
  readonly mirrorOf?: string;
}

/** Grants keys of a bucket, and remembers to whom, for the rules that warn of it. */
export class BucketGrantor {
  private readonly wider: Mistake[] = [];
  private readonly writersOfKeys = new Set<NatsUser>();

  constructor(private readonly bucket: GrantedBucket) {}

  public read(user: NatsUser, { keys, legacyConsumers = false, domain }: BucketReadGrant): void {
    const { construct, target } = this.bucket;
    checkKeys(construct, keys);
    grantIn(construct, target, user, bucketReadGrant(this.bucket, { keys, legacyConsumers }), { domain });
    const found = keys ? widerReadings(user, 'keys', keys, legacyConsumers) : [];
    if (this.wider.length === 0 && found.length > 0) checkAtSynth(construct, GRANT_READ_WIDER, () => this.wider);
    this.wider.push(...found);
  }

  public write(user: NatsUser, { keys, domain }: BucketWriteGrant): void {
    const { construct, name, target, mirrorOf } = this.bucket;
    if (mirrorOf !== undefined) {
      throw GRANT_NOTHING.error(construct, { what: `the bucket is a mirror of ${mirrorOf}, and stores nothing that is put into it`, fix: `grant it on ${mirrorOf}` });
    }
    checkKeys(construct, keys);
    grantIn(construct, target, user, bucketWriteGrant(name, keys), { domain });
    if (!keys || keys.includes('>')) return;
    if (this.writersOfKeys.size === 0) checkAtSynth(construct, GRANT_WRITE_KEYS, () => this.keyFindings());
    this.writersOfKeys.add(user);
  }

  private keyFindings(): Mistake[] {
    return [{
      what: `${namesOf(this.writersOfKeys)} may write some keys of bucket '${this.bucket.name}', and empty all of it`,
      allowed: 'users who may write all keys',
      fix: 'give users who do not trust each other buckets of their own',
    }];
  }
}
