const VALIDATION = 'https://github.com/cert-manager/cert-manager/blob/v1.21.2/internal/apis/certmanager/validation';

/** What cert-manager's webhook has against a Certificate: its code, in the version whose CRDs are imported. */
export const CERTIFICATE_WEBHOOK = `cert-manager's webhook: ${VALIDATION}/certificate.go`;

/** What cert-manager's webhook has against an Issuer or ClusterIssuer. */
export const ISSUER_WEBHOOK = `cert-manager's webhook: ${VALIDATION}/issuer.go`;
