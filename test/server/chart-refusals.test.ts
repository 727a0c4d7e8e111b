import { NATS_VERSIONS, natsServer } from './harness/binaries';
import { NatsProcess } from './harness/nats-process';
import { REFUSALS } from '../../tools/compare-helm/refusals';

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const asked = REFUSALS.flatMap(({ values, server }) => server ? [{ values, ...server }] : []);

describe.each(NATS_VERSIONS)('nats-server %s does not start with what the chart renders for', (version) => {
  test.each(asked)('$values', async ({ config, says }) => {
    const server = NatsProcess.spawn({ version, config: `port: -1\n${config}\n` });

    expect((await server.exit).code).toBe(1);
    expect(server.log).toContain(says);
  });
});
