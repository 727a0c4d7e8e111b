import { connect } from '@nats-io/transport-node';
import { natsServer, NATS_VERSIONS, NatsVersion } from './harness/binaries';
import { changed, ConfigChange } from './harness/change-config';
import { NatsProcess } from './harness/nats-process';
import { reloadConfig, ReloadVerdict } from './harness/reload';
import { selfSigned } from './harness/self-signed';
import { ReloadSamples, samples } from './reload-changes';
import { ConfBlock } from '../../src/nats/conf/conf-value';
import { renderConf } from '../../src/nats/conf/conf-writer';
import { restartConfig } from '../../src/nats/conf/reload';
import { RELOADED, RESTARTED_WITHIN } from '../../src/nats/conf/reload-table';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const { cert, key } = selfSigned();
const files = { 'cert.pem': cert, 'key.pem': key, 'renewed.pem': cert, 'renewed-key.pem': key };

const heldBack = ({ heldBack: byReason }: ReloadSamples) => Object.values(byReason).flat();
const accepted = new Set<ConfigChange>();

describe('the samples', () => {
  test('have every path of the table', () => {
    const paths = (changes: readonly ConfigChange[]) => changes.flatMap((change) => Object.keys(change).filter((path) => change[path] !== undefined));
    const inTable = (path: string, table: readonly string[]) => table.filter((entry) => path === entry || path.startsWith(`${entry}.`));
    const reloadedPaths = samples.flatMap(([, { reloaded }]) => paths(reloaded)).flatMap((path) => inTable(path, RELOADED));
    const restartedPaths = samples.flatMap(([, { restarted }]) => paths(restarted)).flatMap((path) => inTable(path, RESTARTED_WITHIN));

    expect([...new Set(reloadedPaths)].sort()).toEqual([...RELOADED].sort());
    expect([...new Set(restartedPaths)].sort()).toEqual([...RESTARTED_WITHIN].sort());
  });

  test.each(samples)('of %s get the verdict of the table', (_, sample) => {
    const needsRestart = (change: ConfigChange) => restarting(changed(sample.base, change)) !== restarting(sample.base);

    expect(sample.reloaded.filter(needsRestart)).toEqual([]);
    expect([...sample.restarted, ...heldBack(sample)].filter((change) => !needsRestart(change))).toEqual([]);
  });
});

describe.each(NATS_VERSIONS)('nats-server %s', (version) => {
  describe.each(samples)('%s', (_, sample) => {
    let server: NatsProcess | undefined;

    async function verdictOn(change: ConfigChange): Promise<ReloadVerdict> {
      server ??= await startedWith(version, sample.base);
      const answer = await reloadConfig(server, renderConf(changed(sample.base, change)));
      // What was accepted may be refused on the way back: only a server that is as it was judges the next change.
      if (answer.verdict !== 'refused' && (await backTo(sample.base, server, answer)).verdict !== 'reloaded') {
        await server.stop();
        server = undefined;
      }
      return answer;
    }

    afterAll(() => server?.stop());

    if (sample.reloaded.length > 0) {
      test.each(titled(sample.reloaded))('reloads %s', async (__, change) => {
        expect(await verdictOn(change)).toEqual({ verdict: 'reloaded' });
      });
    }

    test.each(titled(sample.restarted))('must restart for %s', async (__, change) => {
      const { verdict, reason } = await verdictOn(change);

      expect(verdict).not.toBe('reloaded');
      if (verdict === 'refused') expect(reason).toMatch(/config reload not supported|unable to add account/);
    });

    if (heldBack(sample).length > 0) {
      test.each(titled(heldBack(sample)))('is restarted for %s', async (__, change) => {
        const { verdict, reason } = await verdictOn(change);

        if (verdict === 'reloaded') accepted.add(change);
        if (verdict === 'refused') expect(reason).toMatch(/config reload not supported/);
      });
    }
  });

  test('an account that comes with a reload lacks the services that it imports', async () => {
    const shop = { user: 'shop', password: 'secret' };
    const billing = { user: 'billing', password: 'secret' };
    const base = { host: '127.0.0.1', port: -1, http_port: -1, accounts: { ORDERS: { users: [shop], exports: [{ service: 'orders.get' }] } } };
    const imports = [{ service: { account: 'ORDERS', subject: 'orders.get' } }];
    const withImporter = changed(base, { 'accounts.BILLING': { users: [billing], imports } });

    const server = await startedWith(version, base);
    const responder = await connect({ servers: server.clientUrl, user: shop.user, pass: shop.password });
    responder.subscribe('orders.get', { callback: (_, request) => { request.respond('here'); } });
    await responder.flush();
    expect(await reloadConfig(server, renderConf(withImporter))).toEqual({ verdict: 'reloaded' });
    const requester = await connect({ servers: server.clientUrl, user: billing.user, pass: billing.password });

    await expect(requester.request('orders.get')).rejects.toThrow(/no responders/);
    expect(restarting(withImporter)).not.toBe(restarting(base));
    await Promise.all([responder.close(), requester.close()]);
  });
});

test('some version accepts each change that the table holds back', () => {
  expect(samples.flatMap(([, sample]) => heldBack(sample)).filter((change) => !accepted.has(change))).toEqual([]);
});

function startedWith(version: NatsVersion, config: ConfBlock): Promise<NatsProcess> {
  return NatsProcess.start({ version, config: renderConf(config), files });
}

async function backTo(base: ConfBlock, server: NatsProcess, { verdict }: ReloadVerdict): Promise<ReloadVerdict> {
  return verdict === 'reloaded' ? reloadConfig(server, renderConf(base)) : { verdict };
}

function restarting(config: ConfBlock): string {
  return renderConf(restartConfig(config));
}

function titled(changes: readonly ConfigChange[]): [title: string, change: ConfigChange][] {
  return changes.map((change) => [Object.entries(change).map(([path, value]) => value === undefined ? `${path} removed` : path).join(', '), change]);
}
