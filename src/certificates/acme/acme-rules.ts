import { defineRule, RuleLevel } from '../../core/rule';
import { ISSUER_WEBHOOK } from '../sources';

export const ACME_INVALID = defineRule({
  id: 'CERT-ACME',
  level: RuleLevel.ERROR,
  statement: 'An ACME issuer has the https URL of a directory, at least one solver unless an external account stands for the names, and whole options.',
  source: `${ISSUER_WEBHOOK}: "acme server URL is a required field", "the keyID field is required when using externalAccountBinding"; https://cert-manager.io/docs/configuration/acme/`,
});

export const ACME_UNVERIFIED = defineRule({
  id: 'CERT-ACME-UNVERIFIED',
  level: RuleLevel.GUARDED,
  statement: 'The certificate of an ACME server is verified: who stands between could hand out certificates of his own.',
  source: 'https://cert-manager.io/docs/reference/api-docs/#acme.cert-manager.io/v1.ACMEIssuer',
});

export const ACME_SOLVER_INVALID = defineRule({
  id: 'CERT-ACME-SOLVER',
  level: RuleLevel.ERROR,
  statement: 'A solver of ACME challenges has all that its way of proof needs, and nothing that excludes another.',
  source: ISSUER_WEBHOOK,
});

export const ACME_WILDCARD = defineRule({
  id: 'CERT-ACME-WILDCARD',
  level: RuleLevel.ERROR,
  statement: 'A wildcard name is proved by DNS-01; HTTP-01 cannot.',
  source: 'https://letsencrypt.org/docs/challenge-types/#http-01-challenge',
});

export const ACME_UNPROVED = defineRule({
  id: 'CERT-ACME-UNPROVED',
  level: RuleLevel.ERROR,
  statement: 'For each DNS name of a certificate, its ACME issuer has a solver.',
  source: 'cert-manager v1.21.2, pkg/util/solverpicker: an order without a solver for one of its names ends in an error',
});

export const ACME_CONTENT = defineRule({
  id: 'CERT-ACME-CONTENT',
  level: RuleLevel.ERROR,
  statement: 'What an ACME server signs has DNS names and IP addresses only, the common name among them, and is no CA.',
  source: 'cert-manager: "If a commonName is set, ACME requires that the value is also present in the list of dnsNames or ipAddresses"; https://datatracker.ietf.org/doc/html/rfc8555#section-7.1.3',
});

export const ACME_CLIENT_AUTH = defineRule({
  id: 'CERT-ACME-CLIENT-AUTH',
  level: RuleLevel.WARNING,
  statement: 'A certificate with which a client logs in is signed by a private CA; public ones stop to sign them.',
  source: 'https://letsencrypt.org/2025/05/14/ending-tls-client-authentication/',
});
