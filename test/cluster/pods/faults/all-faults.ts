import { apiServerAway, controllerAway } from './control-plane';
import { nodesDrained } from './drain';
import { Fault } from './fault';
import { leaderCutOff } from './partition';
import { authorityRenewed, certificateRenewed } from './renewal';
import { rollingUpdate } from './rolling-update';
import { allServersKilled, followerKilled, leaderKilled } from './servers';

/** All that happens to a platform in a round. */
export const ALL_FAULTS: readonly Fault[] = [
  followerKilled, leaderKilled, allServersKilled, leaderCutOff,
  controllerAway, apiServerAway,
  certificateRenewed, authorityRenewed,
  rollingUpdate, nodesDrained,
];
