import { Construct } from 'constructs';
import { ObjectStoreGrant } from './grant-options';
import { GRANT_OBJECT_WRITERS } from './grant-rules';
import { grantIn } from './grantee';
import { objectStoreReadGrant, objectStoreWriteGrant } from './object-store-grants';
import { namesOf } from './readings';
import { checkAtSynth } from '../../core/rules';
import { NatsUser } from '../../nats/auth/nats-user';
import type { JetStreamTarget } from '../target/jetstream-target';

/** An object store of which something can be granted. */
export interface GrantedObjectStore {
  readonly construct: Construct;
  readonly name: string;
  readonly target: JetStreamTarget;
}

/** Grants the objects of a store, and remembers to whom, for the rule that warns of it. */
export class ObjectStoreGrantor {
  private readonly writers = new Set<NatsUser>();

  constructor(private readonly store: GrantedObjectStore) {}

  public read(user: NatsUser, { legacyConsumers = false, domain }: ObjectStoreGrant): void {
    const { construct, name, target } = this.store;
    grantIn(construct, target, user, objectStoreReadGrant(name, { legacyConsumers }), { domain });
  }

  public readWrite(user: NatsUser, options: ObjectStoreGrant): void {
    const { construct, name, target } = this.store;
    this.read(user, options);
    grantIn(construct, target, user, objectStoreWriteGrant(name), options);
    if (this.writers.size === 0) this.warnOfWriters();
    this.writers.add(user);
  }

  /** One writer alone empties nothing but what is its own. */
  private warnOfWriters(): void {
    checkAtSynth(this.store.construct, GRANT_OBJECT_WRITERS, () => this.writers.size < 2 ? [] : [{
      what: `${namesOf(this.writers)} may each empty the object store '${this.store.name}'`,
      allowed: 'one writer',
      fix: 'give users who do not trust each other stores of their own',
    }]);
  }
}
