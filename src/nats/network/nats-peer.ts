import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { describeMistake } from '../../core/mistake';

/**
 * Who may reach a port of the servers.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class NatsPeer {
  /** Pods with these labels in the cluster's own namespace; no labels mean all pods of it. */
  public static pods(labels: { [label: string]: string } = {}): NatsPeer {
    return new NatsPeer({ podSelector: selector(labels) });
  }

  /**
   * Pods of another namespace.
   *
   * @param namespace its name
   * @param podLabels labels of the pods; none mean all pods
   */
  public static namespace(namespace: string, podLabels: { [label: string]: string } = {}): NatsPeer {
    return NatsPeer.namespaces({ 'kubernetes.io/metadata.name': namespace }, podLabels);
  }

  /**
   * Pods of all namespaces with these labels.
   *
   * @param labels labels of the namespaces; none mean all namespaces
   * @param podLabels labels of the pods; none mean all pods
   */
  public static namespaces(labels: { [label: string]: string }, podLabels: { [label: string]: string } = {}): NatsPeer {
    return new NatsPeer({
      namespaceSelector: selector(labels),
      podSelector: Object.keys(podLabels).length > 0 ? selector(podLabels) : undefined,
    });
  }

  /**
   * Addresses outside the cluster. A text that is no CIDR throws.
   *
   * @param cidr such as `10.0.0.0/8`
   * @param except ranges inside it that are left out
   */
  public static ipBlock(cidr: string, ...except: string[]): NatsPeer {
    for (const range of [cidr, ...except]) {
      if (/^(\d{1,3}(\.\d{1,3}){3}\/([12]?\d|3[0-2])|[0-9a-fA-F:]+\/(\d\d?|1[01]\d|12[0-8]))$/.test(range)) continue;
      throw new Error(describeMistake({ what: `'${range}' is not a CIDR`, allowed: 'an address and a prefix length', fix: `write '${range.replace(/\/.*/, '')}/32' for one IPv4 address` }));
    }
    return new NatsPeer({ ipBlock: { cidr, except: except.length > 0 ? except : undefined } });
  }

  /** Everyone, from anywhere. */
  public static anyone(): NatsPeer {
    return new NatsPeer();
  }

  private constructor(private readonly peer?: k8s.NetworkPolicyPeer) {}

  /** @internal Undefined for everyone. */
  public _render(): k8s.NetworkPolicyPeer | undefined {
    return this.peer;
  }
}

function selector(labels: { [label: string]: string }): k8s.LabelSelector {
  return Object.keys(labels).length > 0 ? { matchLabels: labels } : {};
}
