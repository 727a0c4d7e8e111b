import { Hosts } from './hosts';
import { PodNetwork } from './pod-network';
import { KubeClient } from '../harness/kube-client';

/** What a kubelet has at hand for its pods. */
export interface NodeServices {
  readonly client: KubeClient;
  readonly network: PodNetwork;
  readonly hosts: Hosts;
  /** Port of the API server on the pods' network. */
  readonly apiPort: number;
  /** Where the folders of all pods are. */
  readonly folders: string;
  /** Whether each volume that is claimed has a disk of its own. */
  readonly disks: boolean;
}
