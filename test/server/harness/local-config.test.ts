import { natsServer } from './binaries';
import { localConfig } from './local-config';
import { NatsProcess } from './nats-process';
import { renderConf } from '../../../src/nats/conf/conf-writer';

// Built before the clock of a test runs.
natsServer();

const config = renderConf({
  port: 4222,
  http_port: 8222,
  host: '0.0.0.0',
  server_name: 'nats-0',
  pid_file: '/var/run/nats/nats.pid',
  http_base_path: '/nats',
  client_advertise: 'nats.example.com:4222',
  cluster: { port: 6222, name: 'here', routes: ['nats://nats-0.nats:6222', 'tls://user:pa:ss@nats-1.nats:6222'], tls: { cert_file: '/etc/nats/tls/tls.crt' } },
  jetstream: { store_dir: '/data' },
  websocket: { port: 8080, no_tls: true, allowed_origins: ['https://app.example.com'] },
});
const placeIn = (addresses: { [podAddress: string]: string }) => (address: string): string | undefined => addresses[address];
const places = {
  ports: { 4222: -1, 8222: -1, 6222: 16222, 8080: -1 },
  addressOf: placeIn({ 'nats.example.com:4222': '127.0.0.1:14222', 'nats-0.nats:6222': '127.0.0.1:16222', 'nats-1.nats:6222': '127.0.0.1:16223' }),
  paths: { '/var/run/nats': '.', '/etc': 'elsewhere', '/etc/nats/tls': 'certs', '/data': 'data' },
};

describe('a configuration on this machine', () => {
  test('differs from the pod\'s in addresses and paths only', () => {
    expect(localConfig(config, places)).toBe([
      'client_advertise: "127.0.0.1:14222"',
      'http_base_path: "/nats"',
      'http_port: -1',
      'pid_file: "./nats.pid"',
      'host: "127.0.0.1"',
      'port: -1',
      'server_name: "nats-0"',
      '',
      'cluster {',
      '  name: "here"',
      '  host: "127.0.0.1"',
      '  port: 16222',
      '  routes: [',
      '    "nats://127.0.0.1:16222"',
      '    "tls://user:pa:ss@127.0.0.1:16223"',
      '  ]',
      '  tls {',
      '    cert_file: "certs/tls.crt"',
      '  }',
      '}',
      '',
      'jetstream {',
      '  store_dir: "data"',
      '}',
      '',
      'websocket {',
      '  allowed_origins: [',
      '    "https://app.example.com"',
      '  ]',
      '  no_tls: true',
      '  host: "127.0.0.1"',
      '  port: -1',
      '}',
      '',
    ].join('\n'));
  });

  test.each([
    ['port 8222', { ...places, ports: { 4222: -1 } }],
    ['address nats.example.com:4222', { ...places, addressOf: placeIn({}) }],
    ['address nats-1.nats:6222', { ...places, addressOf: placeIn({ 'nats.example.com:4222': 'a', 'nats-0.nats:6222': 'b' }) }],
    ['path /data', { ...places, paths: { '/var/run': '.', '/etc': '.', '/dat': '.' } }],
  ])('is an error for the %s without a place', (what, incomplete) => {
    expect(() => localConfig(config, incomplete)).toThrow(`the configuration names the ${what}, for which there is no place`);
  });

  test('listens on the loopback interface alone', async () => {
    const listeners = renderConf({ port: 4222, http_port: 8222, websocket: { port: 8080, no_tls: true } });
    const server = await NatsProcess.start({ config: localConfig(listeners, places) });

    expect([server.address('client'), server.address('monitor'), server.address('websocket')]).toEqual(Array(3).fill(expect.stringMatching(/^127\.0\.0\.1:\d+$/)));
  });
});
