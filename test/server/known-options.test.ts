import { natsServer, NATS_VERSIONS, NatsVersion } from './harness/binaries';
import { changed } from './harness/change-config';
import { NatsProcess } from './harness/nats-process';
import { renderConf } from '../../src/nats/conf/conf-writer';
import { FEATURES } from '../../src/nats/config/features';
import { CANONICAL_OPTION, OPTIONS_WITHOUT_PROP, optionsOfBlock } from '../../src/nats/config/option-names';
import { isSince, NatsVersion as Minor } from '../../src/nats/nats-version';

jest.setTimeout(120_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const blocks = Object.keys(OPTIONS_WITHOUT_PROP);
const pathOf = (block: string, option: string) => block === '' ? option : `${block}.${option}`;
const options = [...blocks.flatMap((block) => optionsOfBlock(block)!.map((option) => pathOf(block, option))), ...Object.keys(CANONICAL_OPTION)];

/** Whether the server knows an option, whatever it says of its value. */
async function isKnown(version: NatsVersion, path: string): Promise<boolean> {
  const server = NatsProcess.spawn({ version, config: renderConf(changed({}, { [path]: blocks.includes(path) ? {} : true })), args: ['-t'] });
  await server.exit;
  return !server.log.includes(`unknown field "${path.split('.').pop()}"`);
}

/** Those that hold, asked a few at a time. */
async function unknownAmong(version: NatsVersion, paths: string[]): Promise<string[]> {
  const unknown: string[] = [];
  const rest = [...paths];
  const ask = async () => {
    for (let path = rest.pop(); path !== undefined; path = rest.pop()) if (!await isKnown(version, path)) unknown.push(path);
  };
  await Promise.all([ask(), ask(), ask(), ask()]);
  return unknown.sort();
}

describe.each(NATS_VERSIONS)('nats-server %s', (version) => {
  test('knows each option that the table has, but for those of later servers', async () => {
    const minor = version.slice(0, 4) as Minor;
    const later = FEATURES
      .filter(({ value, beside, since }) => value === undefined && beside === undefined && !isSince(minor, since))
      .map(({ option }) => option);

    expect(options.length).toBeGreaterThan(200);
    expect(await unknownAmong(version, options)).toEqual(later.filter((option) => options.includes(option)).sort());
  });

  test('does not start with another option in any block of the table', async () => {
    const others = blocks.map((block) => pathOf(block, 'no_such_option'));

    expect(await unknownAmong(version, others)).toEqual(others.sort());
  });
});
