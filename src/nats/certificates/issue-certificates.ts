import { Construct } from 'constructs';
import { ClusterNames, OutsideNames, outsideNames } from './certificate-names';
import { NatsCertificates, NatsTlsListener, signsInternalNames } from './nats-certificates';
import { TlsListener } from '../tls/listener-tls';
import { NatsTls, NatsTlsCertificateOptions } from '../tls/nats-tls';
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
export function issueCertificates(
  scope: Construct, said: Pick<SaidTls, 'forAll' | 'listeners'>, names: ClusterNames, outside: OutsideNames,
): IssuedTls {
  const { forAll } = said;
  const make = (id: string, issuing: TlsIssuing, listeners: TlsListener[]) =>
    certificatesOf(scope, id, withOutside(issuing, outside, listeners), names);
  const sharing = Object.entries(said.listeners).flatMap(([listener, { tls }]) => tls ? [] : [listener as TlsListener]);
  const certificates = forAll?._issuing && make('certificates', forAll._issuing, sharing);
  const listeners = Object.entries(said.listeners).map(([listener, { tls }]) => [listener, {
    tls: tls?._issuing ? make(`${listener}-certificates`, tls._issuing, [listener as TlsListener]).listenerTls(listener as NatsTlsListener, optionsOf(tls)) : tls,
  }]);
  return {
    forAll: certificates ? certificates.tls(optionsOf(forAll)) : forAll,
    listeners: Object.fromEntries(listeners),
    certificates,
    hasLocalNames: forAll?._issuing !== undefined && signsInternalNames(forAll._issuing.issuer),
  };
}

/** All that is said of the listener, besides what its certificate is made with. */
function optionsOf({ _options, _issuing }: NatsTls): NatsTlsCertificateOptions {
  return _issuing?.ca ? { ..._options, ca: _issuing.ca } : _options;
}

/** What the certificate is made with, and the names that the servers advertise at these listeners. */
function withOutside(issuing: TlsIssuing, outside: OutsideNames, listeners: TlsListener[]): TlsIssuing {
  const { dnsNames, ipAddresses } = outsideNames(outside, listeners);
  return { ...issuing, dnsNames: [...issuing.dnsNames ?? [], ...dnsNames], ipAddresses: [...issuing.ipAddresses ?? [], ...ipAddresses] };
}

/** In a scope outside of the cluster, those of other clusters may stand beside these. */
function certificatesOf(cluster: Construct, id: string, { scope, ca: _, ...issuing }: TlsIssuing, names: ClusterNames): NatsCertificates {
  const { name, clusterDomain } = names;
  return new NatsCertificates(scope ?? cluster, scope ? `${name}-${id}` : id, { ...issuing, cluster: name, clusterDomain });
}
