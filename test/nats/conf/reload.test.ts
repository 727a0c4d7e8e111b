import { ConfBlock } from '../../../src/nats/conf/conf-value';
import { NatsInclude } from '../../../src/nats/conf/nats-include';
import { restartConfig } from '../../../src/nats/conf/reload';

const users = [{ user: 'shop', password: 'secret' }];

describe('what needs a restart', () => {
  test('is what a reload does not apply, and each block that may come or go', () => {
    const config: ConfBlock = {
      port: 4222,
      debug: true,
      absent: undefined,
      max_payload: 100,
      server_tags: ['a'],
      cluster: { name: 'orders', port: 6222, routes: ['nats://a:6222'], authorization: { user: 'a' }, tls: { cert_file: 'a', ca_file: 'b' } },
      jetstream: { meta_compact: 1 },
      mqtt: {},
    };

    expect(restartConfig(config)).toEqual({
      port: 4222,
      cluster: { name: 'orders', port: 6222, tls: { ca_file: 'b' } },
      jetstream: {},
      mqtt: {},
    });
  });

  test('is nothing of authorization but what the server refuses to reload', () => {
    expect(restartConfig({ authorization: { users, timeout: 3 } })).toEqual({});
    expect(restartConfig({ authorization: { users, auth_callout: { issuer: 'A' }, proxy_required: true } }))
      .toEqual({ authorization: { auth_callout: { issuer: 'A' }, proxy_required: true } });
  });

  test('is of each element of a list what stands for no reload', () => {
    const tls = { cert_file: 'a', timeout: 3 };

    expect(restartConfig({ leafnodes: { remotes: [{ url: 'nats://a', compression: 'off', tls }, { url: 'nats://b', disabled: true }] } }))
      .toEqual({ leafnodes: { remotes: [{ url: 'nats://a', tls: { timeout: 3 } }, { url: 'nats://b' }] } });
  });

  test('is an account that imports services, because its imports come with the second reload, but not what it has', () => {
    const accounts = {
      ORDERS: { users, exports: [{ service: 'orders.get' }] },
      BILLING: { users, imports: [{ service: { account: 'ORDERS', subject: 'orders.get' } }] },
      AUDIT: { users, imports: [{ stream: { account: 'ORDERS', subject: 'orders.>' } }] },
    };

    expect(restartConfig({ accounts })).toEqual({ accounts: { BILLING: {} } });
  });

  test('is every option that the table does not know, and every include', () => {
    const include = NatsInclude.file('more.conf');

    expect(restartConfig({ brand_new: 1, include, cluster: { include, brand_new: [{ debug: true }] } }))
      .toEqual({ brand_new: 1, include, cluster: { include, brand_new: [{ debug: true }] } });
  });
});
