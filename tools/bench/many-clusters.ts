/** Makes and writes many clusters, each in a chart of its own, and prints for how many milliseconds it did: the modules are loaded by then. */
import { App, Chart } from 'cdk8s';
import { Dist, NatsAuth, NatsCluster, NatsPeer, NatsScraping, SchemaCheck, SecretKey } from '../../src';

const count = Number(process.argv[2]);
const start = process.hrtime.bigint();
const app = new App();
SchemaCheck.enable(app);
for (let index = 0; index < count; index++) {
  const chart = new Chart(app, `nats-${index}`, { namespace: `nats-${index}` });
  const cluster = new NatsCluster(chart, 'nats', {
    auth: NatsAuth.token(SecretKey.fromName('nats-auth', 'token')),
    jetStream: {},
    exporter: { scrapers: [NatsPeer.namespace('monitoring')] },
  });
  new NatsScraping(chart, 'scraping', { cluster });
}
Dist.write({ many: app });
console.log(Number(process.hrtime.bigint() - start) / 1e6);
