import { jetstreamManager } from '@nats-io/jetstream';
import { Fault } from './fault';
import { rolesOf } from './servers';
import { eventually } from '../../../server/harness/eventually';

/** Longer than the others wait for a leader that says nothing, so that there are two who take themselves for it for a while. */
const APART_MILLISECONDS = 20_000;

/** The leader of the stream is cut off from the other servers, while all of them live and its clients still reach it. */
export const leaderCutOff: Fault = {
  name: 'leader cut off',
  overWithin: 120_000,
  happen: async (platform) => {
    const { leader, followers } = await rolesOf(platform);
    const [cutOff, ...others] = await Promise.all([leader, ...followers].map((name) => platform.kubelet.pod(name)));
    const beyond = await platform.connect('orders-admin', { servers: `${followers[0]}.nats-headless.nats.svc:4222`, ignoreClusterUpdates: true });
    const { streams } = await jetstreamManager(beyond);
    for (const other of others) cutOff.part(other);
    try {
      const leaderThere = () => streams.info('orders').then(({ cluster }) => cluster?.leader, () => undefined);
      await eventually(leaderThere, (name) => name !== undefined && name !== leader, 2 * APART_MILLISECONDS);
      await new Promise((resolve) => setTimeout(resolve, APART_MILLISECONDS));
    } finally {
      for (const other of others) cutOff.part(other, false);
      await beyond.close();
    }
  },
};
