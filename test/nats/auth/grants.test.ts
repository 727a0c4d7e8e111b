import { Duration } from 'cdk8s';
import { NatsAuth, NatsCluster, Permissions, PermissionsOptions, Rules } from '../../../src';
import { Grant } from '../../../src/nats/auth/grant';
import { renderPermissions } from '../../../src/nats/auth/render-permissions';
import { confOf, newCluster, someUser } from '../../support';

const rendered = (permissions: PermissionsOptions, ...grants: Grant[]) => renderPermissions(Permissions.of(permissions), grants, '_INBOX_me');
const inbox = '_INBOX_me.>';

describe('grants and permissions are united', () => {
  test('each grant adds to what is allowed, sorted and once', () => {
    expect(rendered({ publish: { allow: ['b'] }, subscribe: { allow: ['s'] } }, { publish: ['c', 'a'] }, { publish: ['a'], subscribe: ['t', 's'] })).toEqual({
      publish: { allow: ['a', 'b', 'c'] }, subscribe: { allow: [inbox, 's', 't'] },
    });
  });

  test('a side for which there is nothing is closed', () => {
    expect(rendered({}, { publish: ['a'] })).toEqual({ publish: { allow: ['a'] }, subscribe: { allow: [inbox] } });
    expect(rendered({}, { publish: [], subscribe: ['a'] })).toEqual({ publish: { deny: ['>'] }, subscribe: { allow: [inbox, 'a'] } });
  });

  test('a deny stays', () => {
    expect(rendered({ publish: { allow: ['a'], deny: ['x.secret'] }, subscribe: { allow: ['s'], deny: ['y'] } }, { publish: ['x.>'], subscribe: ['z'] })).toEqual({
      publish: { allow: ['a', 'x.>'], deny: ['x.secret'] }, subscribe: { allow: [inbox, 's', 'z'], deny: ['y'] },
    });
  });

  test('a side that is open but for a deny stays so', () => {
    expect(rendered({ publish: { deny: ['x'] }, subscribe: { deny: ['y'] } }, { publish: ['a'], subscribe: ['b'] })).toEqual({ publish: { deny: ['x'] }, subscribe: { deny: ['y'] } });
    expect(rendered({ publish: { deny: ['x'] } }, { allowResponses: {} })).toMatchObject({ publish: { allow: ['>'], deny: ['x'] } });
  });

  test('the widest leave to answer counts', () => {
    const own = { allowResponses: { maxMessages: 5, expires: Duration.seconds(1) } };
    expect(rendered(own, { allowResponses: {} }, {}, { allowResponses: { maxMessages: 3 } })).toEqual({
      publish: { deny: ['>'] }, subscribe: { allow: [inbox] }, allow_responses: { max: 5, expires: Duration.millis(120_000) },
    });
  });

  test('Permissions.all() stays all', () => {
    expect(renderPermissions(Permissions.all(), [{ publish: ['a'], allowResponses: {} }], '_INBOX_me')).toBeUndefined();
  });

  test('a queue group is left out where its subject is allowed as a whole', () => {
    expect(rendered({ subscribe: { allow: ['a.>'] } }, { subscribe: ['a.b  q', 'b q', 'c.> q'] }, { subscribe: ['c.d'] })).toMatchObject({
      subscribe: { allow: [inbox, 'a.>', 'b q', 'c.> q', 'c.d'] },
    });
  });
});

describe('a user', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const cluster = (permissions?: Permissions): NatsCluster => newCluster({ auth: NatsAuth.users({ name: 'ops', ...someUser }, { name: 'shop', ...someUser, permissions }) });
  const shopOf = (nats: NatsCluster) => nats.node.findChild('user-shop') as ReturnType<NatsCluster['addUser']>;
  const findings = (nats: NatsCluster) => nats.node.findAll().flatMap(({ node }) => node.validate());

  test('with grants needs no permissions, and what is granted late reaches nats.conf', () => {
    const nats = cluster();
    const subjects = ['a'];
    expect(findings(nats)).toEqual([expect.stringContaining("user 'shop' has no permissions")]);

    shopOf(nats)._grant(() => ({ publish: subjects }));
    subjects.push('b');

    expect(findings(nats)).toEqual([]);
    expect(confOf(nats).replace(/\s+/g, ' ')).toContain('permissions { publish { allow: [ "a" "b" ] } subscribe { allow: [ "_INBOX_shop.>" ] } }');
  });

  test('without permissions and grants may do nothing, even where the findings of a synth are ignored', () => {
    expect(cluster().configMap.toJson().data['nats.conf'].replace(/\s+/g, ' ')).toContain('permissions { publish { deny: [ ">" ] } subscribe { allow: [ "_INBOX_shop.>" ] } }');
  });

  test('is told of a grant that its own permissions deny', () => {
    const nats = cluster(Permissions.of({ publish: { allow: ['x'], deny: ['a.>', 'b.secret'] }, subscribe: { allow: ['y'], deny: ['q w'] } }));
    shopOf(nats)._grant(() => ({ publish: ['a.b', 'b.>'], subscribe: ['q', 'q w'] }));
    const told = (subject: string) => expect.stringContaining(subject);

    expect(findings(nats)).toEqual([]);
    expect(warn.mock.calls).toEqual([
      [told("user 'shop' is granted to publish 'a.b', but permissions.publish.deny has 'a.>', which beats it; fix: leave 'a.>' out of deny, or do not grant it")],
      [told("user 'shop' is granted to subscribe 'q w', but permissions.subscribe.deny has 'q w', which beats it")],
    ]);
    warn.mockClear();
    const acknowledged = cluster(Permissions.of({ publish: { deny: ['a'] } }));
    shopOf(acknowledged)._grant(() => ({ publish: ['a'] }));
    Rules.acknowledge(shopOf(acknowledged), 'GRANT-DENIED', 'closed for now');
    expect(findings(acknowledged)).toEqual([]);
    expect(warn).not.toHaveBeenCalled();
  });
});
