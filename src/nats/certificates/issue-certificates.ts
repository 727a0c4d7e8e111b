import { Construct } from 'constructs';
import { ClusterNames } from './certificate-names';
import { NatsCertificates, NatsTlsListener, signsInternalNames } from './nats-certificates';
import { TlsListener } from '../tls/listener-tls';
import { NatsTls } from '../tls/nats-tls';
import { SaidTls } from '../tls/resolve-tls';
import { TlsIssuing } from '../tls/tls-files';

/** What is said of TLS, with certificates in place of issuers. */
export interface IssuedTls extends Pick<SaidTls, 'forAll' | 'listeners'> {
  /** What has made the certificate for all listeners, and can make some for clients. */
  readonly certificates?: NatsCertificates;
  /** Whether the certificate for all listeners has the name `localhost`, by which the exporter asks. */
  readonly hasLocalNames: boolean;
}

/** Makes the certificates that the cluster makes for itself. */
export function issueCertificates(scope: Construct, said: Pick<SaidTls, 'forAll' | 'listeners'>, names: ClusterNames): IssuedTls {
  const { forAll } = said;
  const certificates = forAll?._issuing && certificatesOf(scope, 'certificates', forAll._issuing, names);
  const listeners = Object.entries(said.listeners).map(([listener, { tls }]) =>
    [listener, { tls: tls && issued(scope, listener as TlsListener, tls, names) }]);
  return {
    forAll: certificates ? certificates.tls(forAll._options) : forAll,
    listeners: Object.fromEntries(listeners),
    certificates,
    hasLocalNames: forAll?._issuing !== undefined && signsInternalNames(forAll._issuing.issuer),
  };
}

function issued(scope: Construct, listener: TlsListener, tls: NatsTls, names: ClusterNames): NatsTls {
  if (!tls._issuing) return tls;
  return certificatesOf(scope, `${listener}-certificates`, tls._issuing, names).listenerTls(listener as NatsTlsListener, tls._options);
}

/** In a scope outside of the cluster, those of other clusters may stand beside these. */
function certificatesOf(cluster: Construct, id: string, { scope, ...issuing }: TlsIssuing, { name, clusterDomain }: ClusterNames): NatsCertificates {
  return new NatsCertificates(scope ?? cluster, scope ? `${name}-${id}` : id, { ...issuing, cluster: name, clusterDomain });
}
