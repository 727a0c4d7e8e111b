import { App, Duration, Size } from 'cdk8s';
import { apiServerAway, controllerAway } from './control-plane';
import { nodesDrained } from './drain';
import { Fault } from './fault';
import { leaderCutOff } from './partition';
import { authorityRenewed, certificateRenewed } from './renewal';
import { rollingUpdate } from './rolling-update';
import { allServersKilled, allWithoutPower, followerKilled, leaderKilled, leaderWithoutPower } from './servers';
import { JetStreamTarget, NatsPlatform, Permissions } from '../../../../src';
import { production } from '../../../../src/environments';
import { OrderProcessing, passwordOf } from '../../../../src/order-processing';

/** A platform, and all that happens to it in a round. */
export interface Setup {
  readonly app: () => App;
  /** Who may do everything with its streams. */
  readonly admin: string;
  readonly faults: readonly Fault[];
}

export const SETUPS: readonly Setup[] = [
  {
    app: production,
    admin: 'orders-admin',
    faults: [
      followerKilled, leaderKilled, allServersKilled, leaderCutOff, leaderWithoutPower,
      controllerAway, apiServerAway,
      certificateRenewed, authorityRenewed,
      rollingUpdate, nodesDrained,
    ],
  },
  // Where one server loses its power, others have what it has lost. Where all do, only what was synced is there.
  { app: synced, admin: 'ops', faults: [allWithoutPower] },
];

/** Servers that acknowledge what is on their disks. */
function synced(): App {
  const app = new App();
  const { cluster, jetStream } = new NatsPlatform(app, 'nats', {
    certificates: {},
    jetStream: { fileStore: { size: Size.gibibytes(50) }, syncInterval: Duration.seconds(0) },
    jetStreamController: {},
  });
  cluster.addUser('ops', { password: passwordOf('ops'), permissions: Permissions.all() });
  new OrderProcessing(jetStream, 'order-processing', { target: JetStreamTarget.cluster(cluster), users: cluster, maxBytes: Size.gibibytes(5) });
  return app;
}
