import { Construct } from 'constructs';
import * as nack from '../../../imports/jetstream.nats.io';
import { requireSecret } from '../../core/required-secrets';
import { NatsCertificates } from '../../nats/certificates/nats-certificates';
import { OfferedTls } from '../../nats/tls/offered-tls';

/** What NACK believes the servers by, and shows them: keys of one Secret. */
export interface JetStreamAccountTls {
  /** Name of the Secret, in the namespace of the JetStreamAccount. */
  readonly secretName: string;
  /**
   * Key of the certificate of the authority that has signed the servers' certificates.
   * @default - none: NACK believes the authorities that its image knows
   */
  readonly caKey?: string;
  /**
   * Key of NACK's certificate; needs `keyKey`.
   * @default - none
   */
  readonly certKey?: string;
  /**
   * Key of the private key of that.
   * @default - none
   */
  readonly keyKey?: string;
}

/** Where a JetStreamAccount is, and as whom it connects. */
interface Place {
  readonly name: string;
  readonly namespace?: string;
  /** Name of the user, for a certificate that says it. */
  readonly userName?: string;
}

/**
 * What NACK needs to speak TLS with a cluster of this app: the Secret in which the cluster's CA is anyway, in the same namespace, where no certificate is asked
 * for; else one with a certificate of its own, from the issuer of the cluster if that signs in this namespace.
 */
export function tlsOfCluster(servers: OfferedTls | undefined, place: Place): JetStreamAccountTls | undefined {
  if (!servers) return undefined;
  const { ca, verifies, namespace, certificates } = servers;
  if (!ca && !verifies) return undefined;
  if (!verifies && ca?.kind === 'secret' && namespace === place.namespace) return { secretName: ca.name, caKey: ca.key };
  const keys = { caKey: ca && 'ca.crt', certKey: verifies ? 'tls.crt' : undefined, keyKey: verifies ? 'tls.key' : undefined };
  if (certificates?._signsIn(place.namespace)) return { secretName: issue(certificates, place, namespace), ...keys };
  return { secretName: `${place.name}-tls`, ...keys };
}

/** `tls` of an Account, and the keys that have to be there. */
export function renderAccountTls(scope: Construct, usedBy: string, { secretName, caKey, certKey, keyKey }: JetStreamAccountTls): nack.AccountSpecTls {
  const values: [key: string | undefined, value: string][] = [
    [caKey, 'the certificate of the authority of the servers, as PEM'], [certKey, 'a certificate for a client, as PEM'], [keyKey, 'the key of that, as PEM'],
  ];
  for (const [key, value] of values) if (key !== undefined) requireSecret(scope, { secretName, key }, { value, usedBy });
  return { secret: { name: secretName }, ca: caKey, cert: certKey, key: keyKey };
}

function issue(certificates: NatsCertificates, { name, namespace, userName }: Place, home: string | undefined): string {
  const client = namespace === home ? name : `${name}-${namespace}`;
  return certificates.addClient(client, { commonName: userName ?? name, namespace, secretName: `${name}-client-tls` }).secretName;
}
