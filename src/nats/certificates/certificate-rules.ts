import { Construct } from 'constructs';
import { isFor } from './certificate-names';
import { CertificateState, writersOf } from '../../certificates/certificate-state';
import { CertificateUsage, isExtendedUsage } from '../../certificates/content/usages';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';
import { ClusterTls, isServerLink, listenersOf, ListenerTls, propOf, TlsListener } from '../tls/listener-tls';
import { TlsFile } from '../tls/tls-files';

const KEY_USAGE = 'Go\'s TLS, which nats-server uses: "certificate specifies an incompatible key usage" (measured)';

export const CERTIFICATE_USAGE = defineRule({
  id: 'NATS-CERTIFICATE-USAGE',
  level: RuleLevel.ERROR,
  statement: 'A certificate has the extended usage of what shows it: a server, a client, or for routes and gateways both.',
  source: KEY_USAGE,
});

export const CERTIFICATE_PUBLIC_ROUTES = defineRule({
  id: 'NATS-CERTIFICATE-PUBLIC-ROUTES',
  level: RuleLevel.ERROR,
  statement: 'Servers of routes and gateways have certificates of a CA of your own: public CAs sign none for clients.',
  source: 'https://letsencrypt.org/2025/05/14/ending-tls-client-authentication',
});

export const CERTIFICATE_NAMES = defineRule({
  id: 'NATS-CERTIFICATE-NAMES',
  level: RuleLevel.ERROR,
  statement: 'The certificate of the routes has the names by which the servers dial each other, and with monitoring over HTTPS that of the clients the name by which the exporter asks.',
  source: KEY_USAGE.replace(/:.*/, ': "certificate is valid for ..., not ..." (measured)'),
});

export const CERTIFICATE_CLIENT_NAME = defineRule({
  id: 'NATS-CERTIFICATE-CLIENT-NAME',
  level: RuleLevel.GUARDED,
  statement: 'The certificate of a listener has the name in its URL, and those that the servers advertise; otherwise those who dial these turn away.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/securing_nats/tls',
});

export const CERTIFICATE_NO_CA = defineRule({
  id: 'NATS-CERTIFICATE-NO-CA',
  level: RuleLevel.ERROR,
  statement: 'A CA is read from a Secret that has one: the Secret of a certificate that an ACME server has signed has none, and the pods would wait for it.',
  source: 'https://cert-manager.io/docs/usage/certificate/#target-secret',
});

const { SERVER_AUTH, CLIENT_AUTH } = CertificateUsage;
const BOTH = [SERVER_AUTH, CLIENT_AUTH];

/** What a cluster's certificates are for. */
export interface CertificateUse {
  readonly tls: ClusterTls;
  readonly namespace?: string;
  /** Hosts that are dialed, by listener. */
  readonly dialed: { readonly [listener in TlsListener]?: string[] };
  /** Hosts without which the cluster itself does not work, by listener. */
  readonly needed: { readonly [listener in TlsListener]?: string[] };
}

/** Judges the certificates of the app by what the cluster uses them for. Nothing is known of those of other Secrets. */
export function checkCertificates(scope: Construct, use: CertificateUse): void {
  const writers = (file: TlsFile | undefined) => certificatesIn(scope, file, use.namespace);
  const each = (find: (listener: ListenerTls, certificate: CertificateState) => Mistake[]) => () =>
    listenersOf(use.tls).flatMap((listener) => writers(listener.material.cert).flatMap((certificate) => find(listener, certificate)));
  checkAtSynth(scope, CERTIFICATE_USAGE, each(({ listener }, certificate) =>
    missingUsages(propOf(listener), certificate, isServerLink(listener) ? BOTH : [SERVER_AUTH])));
  checkAtSynth(scope, CERTIFICATE_PUBLIC_ROUTES, each(({ listener }, certificate) => isServerLink(listener) && isPublic(certificate) ? [{
    what: `${propOf(listener)} has the certificate ${certificate.path}, which an ACME server signs`,
    allowed: 'a certificate of a CA of your own',
    fix: `give ${propOf(listener)}: NatsTls.fromAuthority(new CertificateAuthority(...))`,
  }] : []));
  checkAtSynth(scope, CERTIFICATE_NAMES, each(({ listener }, certificate) => missing(propOf(listener), certificate, use.needed[listener])));
  checkAtSynth(scope, CERTIFICATE_CLIENT_NAME, each(({ listener }, certificate) => missing(propOf(listener), certificate, use.dialed[listener])));
  checkAtSynth(scope, CERTIFICATE_NO_CA, each(({ listener, material: { ca } }) => writers(ca).filter(isPublic).map(({ path, secretName }) => ({
    what: `${propOf(listener)} reads its CA from Secret '${secretName}' of the certificate ${path}, which an ACME server signs, and which has no CA`,
    allowed: 'NatsTlsCa.system(), or the CA of another',
    fix: 'use NatsTls.fromCertificate, or give ca',
  }))));
}

/** Findings about the certificate that a client shows. */
export function clientCertificateFindings(scope: Construct, prop: string, cert: TlsFile | undefined, namespace?: string): Mistake[] {
  return certificatesIn(scope, cert, namespace).flatMap((certificate) => missingUsages(prop, certificate, [CLIENT_AUTH]));
}

/** The certificates of the app that a file holds one of. */
export function certificatesIn(scope: Construct, file: TlsFile | undefined, namespace?: string): CertificateState[] {
  return file?.kind === 'secret' ? writersOf(scope, file.name).filter((certificate) => certificate.namespace === namespace) : [];
}

function isPublic({ props: { issuer } }: CertificateState): boolean {
  return issuer._facts.acmeSolvers !== undefined;
}

/** A certificate without any extended usage may be used for all. */
function missingUsages(prop: string, { path, props: { usages = [] } }: CertificateState, needed: CertificateUsage[]): Mistake[] {
  const restricted = !usages.includes(CertificateUsage.ANY) && usages.some(isExtendedUsage);
  const absent = restricted ? needed.filter((usage) => !usages.includes(usage)) : [];
  return absent.length === 0 ? [] : [{
    what: `${prop} has the certificate ${path}, whose usages lack '${absent.join('\' and \'')}'`,
    allowed: `'${needed.join('\' and \'')}'`,
    fix: 'add to its usages, or let NatsCertificates make it',
  }];
}

function missing(prop: string, { path, props }: CertificateState, hosts: string[] = []): Mistake[] {
  const absent = hosts.filter((host) => !isFor(props, host));
  return absent.length === 0 ? [] : [{
    what: `${prop} has the certificate ${path}, which is not for ${absent.join(', ')}`, allowed: `the names ${hosts.join(', ')}`, fix: 'add to its dnsNames, or let NatsCertificates make it',
  }];
}
