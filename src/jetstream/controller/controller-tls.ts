import { Construct } from 'constructs';
import { JetStreamControllerProps } from './controller-props';
import { CONTROLLER_TLS } from './controller-rules';
import { ClientTls, clientTls } from '../../nats/tls/nats-client-tls';

/**
 * TLS of a controller. Only for one that logs in itself it follows from the cluster, because NACK takes it for accounts too that say nothing of their own, which may be
 * of other servers. A certificate that nobody asks for throws, and so does a login that would never come to pass.
 */
export function resolveControllerTls(scope: Construct, namespace: string, props: JetStreamControllerProps): ClientTls {
  const { cluster: { _clientTls: servers }, certificate, ca } = props;
  const refused = (what: string, fix: string) => CONTROLLER_TLS.error(scope, { what, fix });
  if (certificate && servers && !servers.verifies) {
    throw refused('certificate is given, but the servers verify no certificates of clients', 'leave it out, or set verify: true in tls');
  }
  const login = props.credentials ? 'credentials' : props.nkey && 'nkey';
  if (!login || !servers) return clientTls(props);
  if (servers.verifies && !certificate) {
    throw refused(`${login} is given without certificate, but the servers verify certificates of clients`, 'give certificate: NatsClientCertificate.fromSecret(\'<secret>\')');
  }
  // A pod mounts what is in its own namespace only.
  if (servers.ca && !ca && servers.namespace !== namespace) {
    throw refused(`${login} is given without ca, and the CA of the servers is in namespace '${servers.namespace}', not in the controller's, '${namespace}'`, 'give ca');
  }
  return clientTls(props, { ca: servers.ca, handshakeFirst: servers.handshakeFirst });
}
