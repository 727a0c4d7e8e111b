import { defineRule, RuleLevel } from '../../core/rule';

const TLS_DOCS = 'https://docs.nats.io/running-a-nats-service/configuration/securing_nats/tls';

export const TLS_OPTION = defineRule({
  id: 'NATS-TLS-OPTION',
  level: RuleLevel.ERROR,
  statement: 'An option of TLS stands on a listener that heeds it, with a value that has an effect.',
  source: `${TLS_DOCS}; nats-server accepts such options without a word, and does not apply them (measured)`,
});

export const TLS_NAMESPACE = defineRule({
  id: 'NATS-TLS-NAMESPACE',
  level: RuleLevel.ERROR,
  statement: 'The certificate of a listener is made in the namespace of the servers: a pod mounts Secrets of its own namespace only.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod',
});

export const TLS_KNOWN_URLS = defineRule({
  id: 'NATS-TLS-KNOWN-URLS',
  level: RuleLevel.ERROR,
  statement: 'Only routes and gateways check certificates against known URLs.',
  source: 'nats-server: "verify_cert_and_check_known_urls not supported in this context"',
  serverVerdict: true,
});

export const TLS_PINNED = defineRule({
  id: 'NATS-TLS-PINNED',
  level: RuleLevel.ERROR,
  statement: 'A pinned certificate is the SHA-256 of its public key, in 64 hexadecimal digits.',
  source: 'nats-server: "does not look like hex-encoded sha256 of DER encoded SubjectPublicKeyInfo"',
  serverVerdict: true,
});

export const TLS_CIPHERS = defineRule({
  id: 'NATS-TLS-CIPHERS',
  level: RuleLevel.ERROR,
  statement: 'Insecure cipher suites are named only where allowInsecureCipherSuites says so, and a list of suites has one at least.',
  source: 'nats-server: "insecure cipher suites configured without \'allow_insecure_cipher_suites\' option set", "\'cipher_suites\' cannot be empty"',
  serverVerdict: true,
});

export const TLS_INSECURE_CIPHERS = defineRule({
  id: 'NATS-TLS-INSECURE-CIPHERS',
  level: RuleLevel.GUARDED,
  statement: 'Connections with static RSA keys, 3DES, or CBC with SHA-256 can be broken.',
  source: 'https://pkg.go.dev/crypto/tls#InsecureCipherSuites',
});

export const TLS_OPTIONAL = defineRule({
  id: 'NATS-TLS-OPTIONAL',
  level: RuleLevel.GUARDED,
  statement: 'Where clients may connect in clear beside TLS, whoever stands between makes them do so, and reads their passwords.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration#connectivity; nats-server: allow_non_tls',
});

export const TLS_SYSTEM_CAS = defineRule({
  id: 'NATS-TLS-SYSTEM-CAS',
  level: RuleLevel.GUARDED,
  statement: 'Where certificates of clients or other servers are verified, a CA of your own says whose; of the public ones everyone gets a certificate.',
  source: `${TLS_DOCS}; without ca_file nats-server verifies with the CAs of its image`,
});

export const TLS_OCSP_PEER = defineRule({
  id: 'NATS-TLS-OCSP-PEER',
  level: RuleLevel.ERROR,
  statement: 'OCSP is asked about certificates of clients, which must therefore be verified; monitoring over HTTPS would then ask its probes for certificates.',
  source: 'nats-server: "OCSP peer verification for client connections requires TLS verify (mTLS) to be enabled"; its monitor over HTTPS with ocsp_peer (read)',
});

export const TLS_MONITORING = defineRule({
  id: 'NATS-TLS-MONITORING',
  level: RuleLevel.ERROR,
  statement: 'Monitoring over HTTPS has the certificate of the client listener, which must have one.',
  source: 'nats-server: "TLS cert and key required for HTTPS"',
});

export const TLS_MAP_USERS = defineRule({
  id: 'NATS-TLS-MAP-USERS',
  level: RuleLevel.ERROR,
  statement: 'Certificates are mapped to users: without users, as with a token, verifyAndMap does nothing, and without verifyAndMap users by certificate cannot log in.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/tls_mutual_auth',
});

export const BOX_CERTIFICATE = defineRule({
  id: 'NATS-BOX-CERTIFICATE',
  level: RuleLevel.ERROR,
  statement: 'Where the servers verify certificates of clients, the nats-box has one.',
  source: `${TLS_DOCS}#client-certificates`,
});
