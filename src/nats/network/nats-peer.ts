import { BlockList, isIP } from 'net';
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
   * Addresses outside the cluster. A text that is no CIDR throws, and so does an exception that is not inside it.
   *
   * @param cidr such as `10.0.0.0/8`
   * @param except ranges inside it that are left out
   */
  public static ipBlock(cidr: string, ...except: string[]): NatsPeer {
    for (const range of [cidr, ...except]) {
      if (cidrOf(range)) continue;
      throw new Error(describeMistake({ what: `'${range}' is not a CIDR`, allowed: 'an address and a prefix length', fix: `write '${range.replace(/\/.*/, '')}/32' for one IPv4 address` }));
    }
    const outside = except.find((range) => !isInside(cidrOf(range)!, cidrOf(cidr)!));
    if (outside !== undefined) throw new Error(describeMistake({ what: `'${outside}' is excepted from '${cidr}', and is no smaller range inside it`, allowed: 'ranges inside it' }));
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

interface Cidr {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly prefix: number;
}

function cidrOf(text: string): Cidr | undefined {
  const [, address = '', prefix = ''] = /^([^/%]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)]!;
  return Number(prefix) <= bits ? { address, family: bits === 32 ? 'ipv4' : 'ipv6', prefix: Number(prefix) } : undefined;
}

/** Whether a range is inside another, and not all of it, as Kubernetes demands it of exceptions. */
function isInside(inner: Cidr, outer: Cidr): boolean {
  if (inner.family !== outer.family || inner.prefix <= outer.prefix) return false;
  const range = new BlockList();
  range.addSubnet(outer.address, outer.prefix, outer.family);
  return range.check(inner.address, inner.family);
}

function selector(labels: { [label: string]: string }): k8s.LabelSelector {
  return Object.keys(labels).length > 0 ? { matchLabels: labels } : {};
}
