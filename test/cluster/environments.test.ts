import { App } from 'cdk8s';
import { ControlPlane } from './harness/control-plane';
import { Deployment } from './harness/deployment';
import { describedIn, presentIn } from './harness/described-assets';
import { JetStreamStreamBase } from '../../src';
import { crdsOfGroup } from '../../src/core/schema/crd-catalog';
import { dev, production, staging } from '../../src/environments';
import { AccountAssets } from '../../src/jetstream/assets/account-assets';
import { natsServer } from '../server/harness/binaries';
import { Manifest } from '../support';

jest.setTimeout(120_000);

// Built before the clock of a test runs.
natsServer();

test('nothing in dev is made by a controller', () => {
  expect(assetsOf(dev())).toEqual([]);
});

test.each([
  ['staging', staging, 'ops'], ['production', production, 'orders-admin'],
])('the controller of %s makes all that is described, field by field, and nothing else', async (_, environment, user) => {
  const plane = await ControlPlane.start();
  const prerequisites = crdsOfGroup('monitoring.coreos.com') as unknown as Manifest[];
  await plane.apply(prerequisites);
  await plane.established(prerequisites);
  const app = environment();
  const deployment = await Deployment.of(plane, app);

  const { process } = await deployment.startController('nats-controller');
  await deployment.ready();

  expect(new Set(deployment.resources().map(({ kind }) => kind))).toEqual(new Set(['Account', 'Consumer', 'KeyValue', 'ObjectStore', 'Stream']));
  const manager = await deployment.manager({ user, pass: 'secret', inboxPrefix: `_INBOX_${user}` });
  const [assets, ...others] = assetsOf(app);
  expect(others).toEqual([]);
  expect(await presentIn(manager)).toEqual(describedIn(assets));
  expect(process.log).not.toMatch(/forbidden|Authorization Violation|Permissions Violation/);
});

/** The streams and consumers of each account in which an app has some. */
function assetsOf(app: App): AccountAssets[] {
  const streams = app.node.findAll().filter((construct): construct is JetStreamStreamBase => construct instanceof JetStreamStreamBase);
  return [...new Set(streams.map(({ target }) => target._assets))];
}
