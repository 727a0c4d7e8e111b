import { Construct } from 'constructs';
import { NatsLeafNodeRemote } from './leaf-node-remote';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { isBelieved, MountedFile, rootOf } from '../certificates/signers';
import { verifiesPeers } from '../tls/listener-tls';
import { ClientTls, clientTls } from '../tls/nats-client-tls';
import { TlsCertificate, TlsFile } from '../tls/tls-files';
import { offeredTls, ServersWithTls } from '../tls/trust';

export const LEAF_TLS = defineRule({
  id: 'NATS-LEAF-TLS',
  level: RuleLevel.ERROR,
  statement: 'A server that connects to a hub of this app as a leaf node believes it by a CA that its own pod can mount, and shows one that verifies a certificate that it believes.',
  source: 'nats-server: without tls in the remote it verifies by the CAs of its image: "certificate signed by unknown authority" (measured)',
});

/** Those who connect: where their pods are, and the certificate that their servers have anyway. */
export interface LeafNode {
  readonly namespace?: string;
  readonly certificate?: TlsCertificate;
}

/** TLS with which servers connect to a remote; undefined where the URLs alone say whether there is any. */
export function resolveRemoteTls(scope: Construct, prop: string, { tls, cluster }: NatsLeafNodeRemote, own: LeafNode): ClientTls | undefined {
  const hub = cluster?._deployed();
  if (!hub) return tls && clientTls(tls);
  const hubPath = cluster!.node.path;
  const offered = offeredTls(hub, 'leafNodes');
  if (!offered) {
    if (tls) throw LEAF_TLS.error(scope, { what: `${prop}.tls is given, and leaf nodes of ${hubPath} speak in clear`, fix: 'leave it out, or give that cluster tls' });
    return undefined;
  }
  if (!tls?.ca) checkCa(scope, prop, hubPath, hub, own);
  const { ca, verifies, handshakeFirst } = offered;
  const resolved = clientTls(tls, { ca, certificate: verifies ? own.certificate : undefined, handshakeFirst });
  if (verifies && !resolved.certificate) {
    throw LEAF_TLS.error(scope, {
      what: `${prop}.tls has no certificate, and ${hubPath} verifies those of leaf nodes`, fix: 'give tls: { certificate: NatsClientCertificate.fromSecret(\'<secret>\') }',
    });
  }
  return resolved;
}

/** Findings about certificates of which it is known that the other side does not believe them. */
export function leafTrustFindings(
  leaf: Omit<MountedFile, 'file'>, prop: string, { cluster }: NatsLeafNodeRemote, tls: ClientTls | undefined,
): Mistake[] {
  const hub = cluster?._deployed();
  if (!hub?.tls.leafNodes || !tls) return [];
  const { material } = hub.tls.leafNodes;
  const own = (file: TlsFile | undefined) => ({ ...leaf, file });
  const ofHub = (file: TlsFile | undefined) => ({ scope: cluster!, namespace: hub.namespace, file });
  const pairs: [shows: MountedFile, believes: MountedFile, who: string, whom: string][] = [
    [own(tls.certificate?.cert), ofHub(verifiesPeers(hub.tls.leafNodes) ? material.ca : undefined), prop, cluster!.node.path],
    [ofHub(material.cert), own(tls.ca), cluster!.node.path, prop],
  ];
  return pairs.filter(([shows, believes]) => isBelieved(shows, believes) === false).map(([shows, believes, who, whom]) => ({
    what: `${who} shows a certificate that ${rootOf(shows)} has signed, and ${whom} believes ${rootOf(believes)}`, allowed: 'certificates that each believes of the other', fix: `give ${prop}.tls`,
  }));
}

/** Refuses a CA of the hub that only pods of the hub, or of its namespace, have. */
function checkCa(scope: Construct, prop: string, hubPath: string, hub: ServersWithTls, own: LeafNode): void {
  const { ca } = hub.tls.leafNodes!.material;
  const mountable = offeredTls(hub, 'leafNodes')?.ca;
  if (!ca || (mountable && hub.namespace === own.namespace)) return;
  const where = mountable || ca.kind !== 'path' ? `in namespace '${hub.namespace}'` : `at ${ca.path} in the pods of ${hubPath}`;
  throw LEAF_TLS.error(scope, {
    what: `the CA of ${prop} is ${where}, which other pods cannot mount`,
    allowed: 'a Secret or ConfigMap of the own namespace, such as a TrustBundle makes',
    fix: `give ${prop}.tls: { ca: NatsTlsCa.fromConfigMap('<name>') }`,
  });
}
