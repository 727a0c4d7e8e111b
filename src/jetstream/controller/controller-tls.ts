import { Construct } from 'constructs';
import { JetStreamControllerProps } from './controller-props';
import { CONTROLLER_TLS } from './controller-rules';
import { NatsClientCertificate } from '../../nats/tls/nats-client-certificate';
import { ClientTls } from '../../nats/tls/nats-client-tls';
import { OfferedTls } from '../../nats/tls/offered-tls';
import { TlsFile } from '../../nats/tls/tls-files';

/** TLS of a controller, with what follows from the cluster. A CA that it cannot mount, and a certificate that is missing or not asked for, throw. */
export function resolveControllerTls(scope: Construct, name: string, namespace: string, props: JetStreamControllerProps): ClientTls {
  const { cluster: { _clientTls: servers }, certificate: given, ca } = props;
  const handshakeFirst = props.handshakeFirst ?? servers?.handshakeFirst ?? false;
  checkCertificate(scope, given, servers);
  const own = !given && servers?.verifies ? NatsClientCertificate.fromCertificate(servers.certificates!.addClient(name, { namespace })) : undefined;
  return { certificate: (given ?? own)?._files, ca: ca ? ca._file : caOf(scope, namespace, servers, own), handshakeFirst };
}

/** Nothing is known of the servers of a cluster that exists already. */
function checkCertificate(scope: Construct, certificate: NatsClientCertificate | undefined, servers: OfferedTls | undefined): void {
  if (servers?.verifies && !servers.certificates && !certificate) {
    throw CONTROLLER_TLS.error(scope, {
      what: 'certificate is not given, but the servers verify certificates of clients', fix: 'give certificate: NatsClientCertificate.fromSecret(\'<secret>\')',
    });
  }
  if (servers && !servers.verifies && certificate) {
    throw CONTROLLER_TLS.error(scope, { what: 'certificate is given, but the servers verify no certificates of clients', fix: 'leave it out, or set verify: true in tls' });
  }
}

/** The CA of the servers as the controller can mount it: where it is, or beside a certificate of its own, which the same authority has signed. */
function caOf(scope: Construct, namespace: string, servers: OfferedTls | undefined, own: NatsClientCertificate | undefined): TlsFile | undefined {
  const file = servers?.ca;
  if (!file || file.kind === 'path' || servers.namespace === namespace) return file;
  if (own) return { ...own._files.cert, key: 'ca.crt' } as TlsFile;
  throw CONTROLLER_TLS.error(scope, {
    what: `the CA of the servers is in ${file.kind === 'secret' ? 'Secret' : 'ConfigMap'} '${file.name}' of namespace '${servers.namespace}', which a pod of namespace '${namespace}' cannot mount`,
    allowed: 'a CA in the controller\'s own namespace, or NatsTlsCa.system()',
    fix: 'make the controller in the cluster\'s namespace, with watchNamespace, or give ca',
  });
}
