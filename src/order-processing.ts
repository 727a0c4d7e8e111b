import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import {
  JetStreamStream, JetStreamTarget, KeyValueBucket, NatsAccount, NatsCluster, ObjectStoreBucket, SecretKey, StreamCompression, StreamOrigin,
  StreamRetention,
} from './index';

/** Each password is in a Secret of its own, so that each team gets one and no other. */
export function passwordOf(user: string): SecretKey {
  return SecretKey.fromName(`nats-${user}`, 'password');
}

/** Where orders are processed, and how much is kept. */
export interface OrderProcessingProps {
  /** The account, or the cluster. */
  readonly target: JetStreamTarget;
  /** Where its users are. */
  readonly users: NatsAccount | NatsCluster;
  /** What each stream and bucket may take. */
  readonly maxBytes: Size;
}

/** The streams, buckets and permissions of services that process orders. */
export class OrderProcessing extends Construct {
  constructor(scope: Construct, id: string, { target, users, maxBytes }: OrderProcessingProps) {
    super(scope, id);
    const [shop, billing, warehouse] = ['shop', 'billing', 'warehouse'].map((name) => users.addUser(name, { password: passwordOf(name) }));

    // Every order of the last month, for whoever needs it.
    const orders = new JetStreamStream(this, 'orders', { target, subjects: ['orders.>'], maxAge: Duration.days(30), maxBytes });
    orders.grantPublish(shop);
    const invoicing = orders.addConsumer('invoicing', {
      filterSubjects: ['orders.*.paid'],
      backoff: [Duration.seconds(30), Duration.minutes(2), Duration.minutes(10)],
      maxDeliver: 10,
    });
    invoicing.grantConsume(billing);

    // A year of them, compressed, on disks that nobody works with.
    new JetStreamStream(this, 'orders-archive', { target, mirror: StreamOrigin.stream(orders), maxAge: Duration.days(365), maxBytes, compression: StreamCompression.S2 });

    // What is to be sent: each parcel is packed by one worker, and gone when it is.
    const parcels = new JetStreamStream(this, 'parcels', { target, subjects: ['parcels.*'], retention: StreamRetention.WORK_QUEUE, maxBytes });
    parcels.grantPublish(shop);
    const packing = parcels.addConsumer('packing', { backoff: [Duration.minutes(1), Duration.minutes(5)], maxDeliver: 20 });
    packing.grantConsume(warehouse);

    // News about parcels, kept until both who listen have read them.
    const deliveries = new JetStreamStream(this, 'deliveries', { target, subjects: ['deliveries.>'], retention: StreamRetention.INTEREST, maxAge: Duration.days(7), maxBytes });
    deliveries.grantPublish(warehouse);
    deliveries.addConsumer('tracking').grantConsume(shop);
    deliveries.addConsumer('reminders', { filterSubjects: ['deliveries.late'] }).grantConsume(billing);

    const carts = new KeyValueBucket(this, 'carts', { target, history: 3, ttl: Duration.days(14), maxBytes });
    carts.grantReadWrite(shop);
    const invoices = new ObjectStoreBucket(this, 'invoices', { target, maxBytes });
    invoices.grantReadWrite(billing);
    invoices.grantRead(shop);
  }
}
