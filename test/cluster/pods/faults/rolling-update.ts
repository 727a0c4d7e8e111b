import { Fault } from './fault';

/** All servers are replaced, one after the other, as after a change of their pods' template. */
export const rollingUpdate: Fault = {
  name: 'rolling update',
  overWithin: 30_000,
  happen: async (platform) => {
    const before = (await platform.servers()).map(({ metadata }) => metadata.uid);
    await platform.patchTemplate({ metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() } } });
    await platform.rolledOut();
    const kept = (await platform.servers()).filter(({ metadata }) => before.includes(metadata.uid));
    if (kept.length) throw new Error(`the update has not replaced ${kept.map(({ metadata }) => metadata.name).join(', ')}`);
  },
};
