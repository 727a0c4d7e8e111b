import { ControlPlane } from './harness/control-plane';
import { Deployment } from './harness/deployment';
import { crdsOfGroup } from '../../src/core/schema/crd-catalog';
import { production, staging } from '../../src/environments';
import { natsServer } from '../server/harness/binaries';
import { Manifest } from '../support';

jest.setTimeout(120_000);

// Built before the clock of a test runs.
natsServer();

test.each([['staging', staging], ['production', production]])('the controller of %s makes all that is described', async (_, environment) => {
  const plane = await ControlPlane.start();
  const prerequisites = crdsOfGroup('monitoring.coreos.com') as unknown as Manifest[];
  await plane.apply(prerequisites);
  await plane.established(prerequisites);
  const deployment = await Deployment.of(plane, environment());

  const { process } = await deployment.startController('nats-controller');
  await deployment.ready();

  expect(new Set(deployment.resources().map(({ kind }) => kind))).toEqual(new Set(['Account', 'Consumer', 'KeyValue', 'ObjectStore', 'Stream']));
  expect(process.log).not.toMatch(/forbidden|Authorization Violation|Permissions Violation/);
});
