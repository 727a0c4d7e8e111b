import { containerProcess } from './pod-env';

const sources = {
  secrets: { shop: { password: 'p$$(A)\'"', empty: '' } },
  fields: { 'metadata.name': 'nats-0' },
};

describe('the environment of a container', () => {
  test('has its variables, each seeing those before it', () => {
    const { env } = containerProcess({
      env: [
        { name: 'EARLY', value: '$(LATE)' },
        { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'RAW', valueFrom: { secretKeyRef: { name: 'shop', key: 'password' } } },
        { name: 'QUOTED', value: '\'$(RAW)\'' },
        { name: 'LATE', value: '$(POD)-$(POD)' },
        { name: 'NOTHING' },
      ],
    }, sources);

    expect(env).toEqual({ EARLY: '$(LATE)', POD: 'nats-0', RAW: 'p$$(A)\'"', QUOTED: '\'p$$(A)\'"\'', LATE: 'nats-0-nats-0', NOTHING: '' });
  });

  test.each([
    ['$(A)', '1'],
    ['$$(A)', '$(A)'],
    ['$$$(A)', '$1'],
    ['$$', '$'],
    ['$A $', '$A $'],
    ['$(A', '$(A'],
    ['$(NONE)$(A)', '$(NONE)1'],
    ['$()', '$()'],
  ])('expands %s to %s, in commands and arguments too', (text, expanded) => {
    const { env, command } = containerProcess({ env: [{ name: 'A', value: '1' }, { name: 'B', value: text }], command: [text], args: ['x', text] });

    expect(env.B).toBe(expanded);
    expect(command).toEqual([expanded, 'x', expanded]);
  });

  test('lacks an optional secret that is not there, and is an error without a necessary one', () => {
    const secretKeyRef = { name: 'shop', key: 'token' };

    expect(containerProcess({ env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { ...secretKeyRef, optional: true } } }] }, sources).env).toEqual({});
    expect(() => containerProcess({ env: [{ name: 'TOKEN', valueFrom: { secretKeyRef } }] }, sources)).toThrow('TOKEN: there is no key token in Secret shop');
  });

  test('may hold an empty secret', () => {
    expect(containerProcess({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'shop', key: 'empty' } } }] }, sources).env).toEqual({ A: '' });
  });

  test('is an error where it is not emulated', () => {
    expect(() => containerProcess({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }] }, sources)).toThrow('A: no value is given for');
    expect(() => containerProcess({ envFrom: [{ secretRef: { name: 'shop' } }] })).toThrow('envFrom is not emulated');
  });
});
