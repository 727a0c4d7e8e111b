import { Fault } from './fault';
import { eventually } from '../../../server/harness/eventually';
import { shownCertificate } from '../../../server/harness/shown-certificate';
import { RunningPlatform } from '../running-platform';

const TAKEN_OVER_MILLISECONDS = 90_000;

/** The servers' certificate is renewed, and all of them take it over. */
export const certificateRenewed: Fault = renewal('certificate renewed', 'nats-tls');

/** The authority is renewed, and then what it has signed. */
export const authorityRenewed: Fault = renewal('authority renewed', 'nats-ca', 'nats-tls');

function renewal(name: string, ...certificates: string[]): Fault {
  return {
    name,
    overWithin: 30_000,
    happen: async (platform) => {
      const before = await serials(platform);
      for (const certificate of certificates) await renew(platform, certificate);
      await eventually(() => serials(platform), (now) => new Set(now).size === 1 && now[0] !== before[0], TAKEN_OVER_MILLISECONDS);
    },
  };
}

/** Asks cert-manager for it as its command line does, and waits until it is done. */
async function renew({ cluster }: RunningPlatform, certificate: string): Promise<void> {
  const object = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: certificate, namespace: 'nats' } };
  const { status: { revision } } = await cluster.eventually(object, () => true);
  const issuing = { type: 'Issuing', status: 'True', reason: 'ManuallyTriggered', message: 'for the test', lastTransitionTime: new Date().toISOString().replace(/\.\d+/, '') };
  const path = `/apis/cert-manager.io/v1/namespaces/nats/certificates/${certificate}/status`;
  await cluster.plane.client.ask('PATCH', path, [{ op: 'add', path: '/status/conditions/-', value: issuing }], 'application/json-patch+json');
  await cluster.eventually(object, ({ status }) => status.revision > revision);
}

/** The serial numbers of the certificates that the servers show now. */
async function serials(platform: RunningPlatform): Promise<string[]> {
  const ca = await platform.ca();
  const shown = (await platform.servers()).map(({ status }) => shownCertificate(`${status.podIP}:4222`, { ca, servername: 'nats.nats.svc' }));
  return (await Promise.all(shown)).map(({ serialNumber }) => serialNumber);
}
