import { certificates, IssuedCertificate } from './certificates';

/** A certificate that is its own authority, for localhost and 127.0.0.1, as PEM. */
export function selfSigned(): IssuedCertificate {
  return certificates({ own: { dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] } }).own;
}
