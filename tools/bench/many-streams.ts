/** Makes and writes many streams with two consumers each, all rules on, and prints for how many milliseconds it did: the modules are loaded by then. */
import { App, Chart } from 'cdk8s';
import { streamShapes } from './stream-shapes';
import { Dist, JetStreamController, JetStreamStream, JetStreamTarget, NatsCluster, Permissions, SchemaCheck, SecretKey } from '../../src';

const count = Number(process.argv[2]);
const start = process.hrtime.bigint();
const app = new App();
SchemaCheck.enable(app);
const chart = new Chart(app, 'jetstream', { namespace: 'nats' });
const cluster = new NatsCluster(new Chart(app, 'nats', { namespace: 'nats' }), 'nats', { jetStream: {} });
const shop = cluster.addAccount('SHOP');
shop.addUser('ops', { password: SecretKey.fromName('nats-ops', 'password'), permissions: Permissions.all() });
new JetStreamController(chart, 'nack', { cluster });
const target = JetStreamTarget.account(shop);
for (const { name, subjects, consumers } of streamShapes(count)) {
  const stream = new JetStreamStream(chart, name, { target, subjects });
  for (const consumer of consumers) stream.addConsumer(consumer.name, { filterSubjects: consumer.filterSubjects });
}
Dist.write({ many: app });
console.log(Number(process.hrtime.bigint() - start) / 1e6);
