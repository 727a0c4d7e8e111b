import { Duration } from 'cdk8s';
import {
  CertificateKeyAlgorithm, CertificateKeyEncoding, CertificateKeyRotation, CertificateOutputFormat, CertificateProps, CertificateRenewal,
  CertificateSignatureAlgorithm, CertificateUsage, Pkcs12Profile,
  SecretKey,
} from '../../src';

/** What a certificate says besides who signs it. */
export type Content = Omit<CertificateProps, 'issuer'>;

const host = { dnsNames: ['orders.example.com'] };
const password = SecretKey.fromName('keystore', 'password');
const rsa = { algorithm: CertificateKeyAlgorithm.RSA };
const ecdsa = { algorithm: CertificateKeyAlgorithm.ECDSA };
const ed25519 = { algorithm: CertificateKeyAlgorithm.ED25519 };
const ca = { isCa: true, commonName: 'ca', privateKey: { rotation: CertificateKeyRotation.NEVER } };

/** Every field once. */
export const everyField: Content = {
  name: 'orders-tls',
  secretName: 'orders-secret',
  commonName: 'orders.example.com',
  subject: {
    organizations: ['Example'],
    countries: ['DE'],
    organizationalUnits: ['Shop'],
    localities: ['Berlin'],
    provinces: ['Berlin'],
    streetAddresses: ['Street 1'],
    postalCodes: ['10115'],
    serialNumber: '42',
  },
  dnsNames: ['orders.example.com', '*.orders.example.com'],
  ipAddresses: ['10.0.0.1', '2001:db8::1'],
  uris: ['spiffe://example.org/orders'],
  emailAddresses: ['ops@example.com'],
  otherNames: [{ oid: '1.3.6.1.4.1.311.20.2.3', utf8Value: 'orders@example.com' }],
  duration: Duration.days(30),
  renewBefore: Duration.minutes(90),
  renewal: CertificateRenewal.inWindows({ cron: '0 2 * * 6', duration: Duration.hours(4), timezone: 'Europe/Berlin' }),
  usages: [CertificateUsage.DIGITAL_SIGNATURE, CertificateUsage.SERVER_AUTH],
  encodeUsagesInRequest: true,
  isCa: false,
  privateKey: { ...ecdsa, size: 384, encoding: CertificateKeyEncoding.PKCS8, rotation: CertificateKeyRotation.ALWAYS },
  signatureAlgorithm: CertificateSignatureAlgorithm.ECDSA_WITH_SHA384,
  secretTemplate: { labels: { team: 'shop' }, annotations: { 'example.com/note': 'kept' } },
  jksKeystore: { password, alias: 'orders' },
  pkcs12Keystore: { password },
  additionalOutputFormats: [CertificateOutputFormat.COMBINED_PEM, CertificateOutputFormat.DER],
  revisionHistoryLimit: 2,
  labels: { solver: 'dns' },
  annotations: { 'example.com/owner': 'shop' },
};

/** What cert-manager takes, next to what it refuses. */
export const accepted: [what: string, content: Content][] = [
  ['every field', everyField],
  ['one host', host],
  ['a common name of 64 bytes', { commonName: 'n'.repeat(64) }],
  ['a literal subject', { literalSubject: 'CN=orders,OU=Shop+O=Example\\, Inc,2.5.4.97=VAT-1' }],
  ['an address alone', { ipAddresses: ['::1'] }],
  ['a URI alone', { uris: ['spiffe://example.org/orders'] }],
  ['an email address alone', { emailAddresses: ["o'neill+orders@example.com"] }],
  ['another name alone', { otherNames: [{ oid: '1.2.3', utf8Value: 'ü' }] }],
  ['an underscore and upper case in a host', { dnsNames: ['_service.Example.com'] }],
  ['an hour', { ...host, duration: Duration.hours(1) }],
  ['five minutes before the end', { ...host, duration: Duration.hours(1), renewBefore: Duration.minutes(5) }],
  ['a percentage', { ...host, duration: Duration.hours(2), renewBeforePercentage: 95 }],
  ['RSA of 8192 bits', { ...host, privateKey: { ...rsa, size: 8192 }, signatureAlgorithm: CertificateSignatureAlgorithm.SHA512_WITH_RSA }],
  ['ECDSA of 521 bits', { ...host, privateKey: { ...ecdsa, size: 521 } }],
  ['Ed25519', { ...host, privateKey: ed25519, signatureAlgorithm: CertificateSignatureAlgorithm.PURE_ED25519 }],
  ['every usage', { ...host, usages: Object.values(CertificateUsage) }],
  ['names in a schedule, steps, and an alias of a time zone', {
    ...host,
    renewal: CertificateRenewal.inWindows({ cron: '*/15 0-6/2 1,15 jan-mar Mon', duration: Duration.minutes(30), timezone: 'US/Eastern' }, { cron: '? * * * *', duration: Duration.seconds(1) }),
  }],
  ['a CA with name constraints', {
    ...ca,
    nameConstraints: {
      critical: true,
      permitted: { dnsDomains: ['example.com', '.svc'], ipRanges: ['10.0.0.0/8', '2001:db8::/32'] },
      excluded: { emailAddresses: ['root@example.com', '.example.org'], uriDomains: ['example.net'] },
    },
  }],
  ['injection of the CA', { ...host, secretTemplate: { annotations: { 'cert-manager.io/allow-direct-injection': 'true' } } }],
  ['a modern keystore', { ...host, pkcs12Keystore: { password, profile: Pkcs12Profile.MODERN_2026 } }],
];

/** What throws, with its message, and whether cert-manager's webhook refuses it too; where it does not, the mistake shows later. */
export interface Refused {
  readonly what: string;
  readonly content: Content;
  readonly message: string;
  readonly webhook: boolean;
}

const webhook = true;
const later = false;
const row = (what: string, refusedBy: boolean, content: Content, message: string): Refused => ({ what, content, message, webhook: refusedBy });

export const refused: Refused[] = [
  row('nobody', webhook, {}, '[test/orders] the certificate is for nobody; allowed: at least one of dnsNames, ipAddresses, uris, emailAddresses, otherNames and commonName; fix: give dnsNames [CERT-IDENTITY]'),
  row('empty lists', webhook, { dnsNames: [] }, 'the certificate is for nobody'),
  row('a literal subject without a common name', webhook, { literalSubject: 'O=Example' }, 'the certificate is for nobody'),
  row('a common name of 65 bytes', webhook, { commonName: 'n'.repeat(65) }, "[test/orders] the common name 'nnnnn"),
  row('a common name of 33 umlauts', webhook, { commonName: 'ü'.repeat(33) }, 'has 66 bytes; allowed: 1 to 64 bytes; fix: leave it out: clients read the DNS names [CERT-COMMON-NAME]'),
  row('a common name of 65 bytes in a literal subject', webhook, { literalSubject: `CN=${'n'.repeat(65)},O=Example` }, 'has 65 bytes'),
  row('an empty common name', later, { ...host, commonName: '' }, "the common name '' has 0 bytes"),
  row('two subjects', webhook, { literalSubject: 'CN=orders', commonName: 'orders' }, '[test/orders] literalSubject is given together with commonName; allowed: one of the two ways; fix: write all attributes into literalSubject [CERT-SUBJECT]'),
  row('two subjects without a common name', webhook, { literalSubject: 'CN=orders', subject: { organizations: ['Example'] } }, 'literalSubject is given together with subject'),
  row('an unknown attribute', webhook, { literalSubject: 'CN=orders,FOO=bar' }, "in literalSubject 'CN=orders,FOO=bar' 'FOO' is not an attribute that cert-manager knows; allowed: attributes such as CN=orders,O=Example"),
  row('an attribute in lower case', webhook, { literalSubject: 'cn=orders', ...host }, "'cn' is not an attribute that cert-manager knows"),
  row('an attribute without a value', webhook, { literalSubject: 'CN=orders,Example' }, "'Example' is not an attribute and its value"),
  row('a comma at the end', webhook, { literalSubject: 'CN=orders,' }, "'' is not an attribute and its value"),
  row('a backslash that escapes nothing', webhook, { literalSubject: 'CN=sh\\op' }, 'the value of CN has a \\ that escapes nothing'),
  row('an invalid Secret', webhook, { ...host, secretName: 'Orders_TLS' }, "[test/orders] secretName is 'Orders_TLS'; allowed: at most 253 lower-case letters, digits, - and ., beginning and ending with a letter or digit; fix: give secretName, or another name [CERT-SECRET-NAME]"),
  row('an address among the hosts', later, { dnsNames: ['10.0.0.1'] }, "[test/orders] dnsNames has '10.0.0.1'; allowed: labels of at most 63 letters, digits, - and _ between dots, at most 253 characters; *. only at the beginning; fix: put an address into ipAddresses [CERT-DNS-NAME]"),
  row('a URL among the hosts', later, { dnsNames: ['https://example.com'] }, "dnsNames has 'https://example.com'; allowed: labels of at most 63 letters, digits, - and _ between dots, at most 253 characters; *. only at the beginning; fix: give the host alone, without scheme and port"),
  row('a dot at the end', later, { dnsNames: ['example.com.'] }, 'fix: leave the dot at the end out: no client asks for it'),
  row('a wildcard inside', later, { dnsNames: ['a.*.example.com'] }, "dnsNames has 'a.*.example.com'"),
  row('a wildcard as a part of a label', later, { dnsNames: ['a*.example.com'] }, "dnsNames has 'a*.example.com'"),
  row('everything', later, { dnsNames: ['*'] }, "dnsNames has '*'"),
  row('two dots', later, { dnsNames: ['a..example.com'] }, "dnsNames has 'a..example.com'"),
  row('a label of 64 characters', later, { dnsNames: [`${'a'.repeat(64)}.com`] }, 'CERT-DNS-NAME'),
  row('a host twice', later, { dnsNames: ['example.com', 'EXAMPLE.com'] }, "[test/orders] dnsNames has 'EXAMPLE.com' twice; allowed: each name once; fix: remove it, or correct it [CERT-NAME-TWICE]"),
  row('an address twice', later, { ipAddresses: ['::1', '0:0::1'] }, "ipAddresses has '0:0::1' twice"),
  row('another name twice', later, { otherNames: [{ oid: '1.2.3', utf8Value: 'a' }, { oid: '1.2.3', utf8Value: 'a' }] }, "otherNames has '1.2.3 a' twice"),
  row('a range of addresses', webhook, { ipAddresses: ['10.0.0.0/8'] }, "[test/orders] ipAddresses has '10.0.0.0/8'; allowed: an IPv4 or IPv6 address, without prefix length and zone [CERT-IP-ADDRESS]"),
  row('an address with a zone', webhook, { ipAddresses: ['fe80::1%eth0'] }, "ipAddresses has 'fe80::1%eth0'"),
  row('an address with a number above 255', webhook, { ipAddresses: ['10.0.0.256'] }, "ipAddresses has '10.0.0.256'"),
  row('a relative URI', later, { uris: ['/orders'] }, "[test/orders] uris has '/orders'; allowed: an absolute URI such as spiffe://example.org/orders [CERT-URI]"),
  row('a URI with an umlaut', later, { uris: ['spiffe://example.org/größe'] }, 'CERT-URI'),
  row('an email address with a name', webhook, { emailAddresses: ['Ops <ops@example.com>'] }, "[test/orders] emailAddresses has 'Ops <ops@example.com>'; allowed: an address such as ops@example.com, without a name before it [CERT-EMAIL-ADDRESS]"),
  row('half an email address', webhook, { emailAddresses: ['ops@'] }, "emailAddresses has 'ops@'"),
  row('an email address that a certificate cannot hold', later, { emailAddresses: ['größe@example.com'] }, 'CERT-EMAIL-ADDRESS'),
  row('another name without a text', webhook, { otherNames: [{ oid: '1.2.3', utf8Value: '' }] }, "[test/orders] otherNames has oid '1.2.3' with ''; allowed: an oid such as 1.3.6.1.4.1.311.20.2.3, and a text [CERT-OTHER-NAME]"),
  row('another name of no kind', webhook, { otherNames: [{ oid: 'upn', utf8Value: 'a' }] }, "otherNames has oid 'upn' with 'a'"),
  row('another name of a kind that cannot be', later, { otherNames: [{ oid: '3.2', utf8Value: 'a' }] }, "otherNames has oid '3.2' with 'a'"),
  row('an RSA key of 1024 bits', webhook, { ...host, privateKey: { ...rsa, size: 1024 } }, "[test/orders] privateKey.size is 1024 for an RSA key; allowed: a whole number from 2048 to 8192; fix: leave it out for cert-manager's default [CERT-KEY-SIZE]"),
  row('a key of 1024 bits', webhook, { ...host, privateKey: { size: 1024 } }, 'privateKey.size is 1024 for an RSA key'),
  row('a key of no bits', later, { ...host, privateKey: { size: 0 } }, 'privateKey.size is 0 for an RSA key'),
  row('an ECDSA key of 512 bits', webhook, { ...host, privateKey: { ...ecdsa, size: 512 } }, 'privateKey.size is 512 for an ECDSA key; allowed: 256, 384 or 521'),
  row('an Ed25519 key of 256 bits', later, { ...host, privateKey: { ...ed25519, size: 256 } }, 'privateKey.size is 256 for an Ed25519 key; allowed: none: there is one size'),
  row('a signature of another key', webhook, { ...host, privateKey: ecdsa, signatureAlgorithm: CertificateSignatureAlgorithm.SHA256_WITH_RSA }, '[test/orders] signatureAlgorithm is SHA256WithRSA for an ECDSA key; allowed: ECDSAWithSHA256, ECDSAWithSHA384, ECDSAWithSHA512; fix: leave it out, or change privateKey.algorithm [CERT-SIGNATURE-ALGORITHM]'),
  row('a signature of another key than the default', webhook, { ...host, signatureAlgorithm: CertificateSignatureAlgorithm.PURE_ED25519 }, 'signatureAlgorithm is PureEd25519 for an RSA key'),
  row('59 minutes', webhook, { ...host, duration: Duration.minutes(59) }, '[test/orders] duration is 59m; allowed: whole seconds, at least one hour; fix: give Duration.days(90), or leave it out [CERT-LIFETIME]'),
  row('a fraction of a second', later, { ...host, duration: Duration.millis(3_600_500) }, 'duration is 3600500 ms'),
  row('renewal after four minutes', webhook, { ...host, renewBefore: Duration.minutes(4) }, '[test/orders] renewBefore is 4m with a duration of 2160h; allowed: whole seconds, at least five minutes, and less than the duration; fix: leave it out for a third of the duration [CERT-RENEW-BEFORE]'),
  row('renewal before it is issued', webhook, { ...host, duration: Duration.hours(1), renewBefore: Duration.hours(1) }, 'renewBefore is 1h with a duration of 1h'),
  row('renewal before it is issued, by default', webhook, { ...host, renewBefore: Duration.days(90) }, 'renewBefore is 2160h with a duration of 2160h'),
  row('renewal said twice', webhook, { ...host, renewBefore: Duration.hours(1), renewBeforePercentage: 50 }, 'renewBefore and renewBeforePercentage are both given; allowed: one of them; fix: leave renewBeforePercentage out [CERT-RENEW-BEFORE]'),
  row('renewal at 100 percent', webhook, { ...host, duration: Duration.hours(1), renewBeforePercentage: 100 }, 'renewBeforePercentage is 100 with a duration of 1h; allowed: a whole number from 1 to 99, which leaves at least five minutes before and after the renewal; fix: give 33'),
  row('renewal at 0 percent', webhook, { ...host, duration: Duration.hours(1), renewBeforePercentage: 0 }, 'renewBeforePercentage is 0 with a duration of 1h'),
  row('renewal at 95 percent of an hour', webhook, { ...host, duration: Duration.hours(1), renewBeforePercentage: 95 }, 'renewBeforePercentage is 95 with a duration of 1h'),
  row('renewal at 5 percent of an hour', later, { ...host, duration: Duration.hours(1), renewBeforePercentage: 5 }, 'renewBeforePercentage is 5 with a duration of 1h'),
  row('renewal at 101 percent of 90 days', later, { ...host, renewBeforePercentage: 101 }, 'renewBeforePercentage is 101 with a duration of 2160h'),
  row('no windows', later, { ...host, renewal: CertificateRenewal.inWindows() }, '[test/orders] renewal has no windows; allowed: at least one; fix: leave renewal out to renew at any time [CERT-RENEWAL-WINDOW]'),
  row('a schedule of six fields', webhook, { ...host, renewal: CertificateRenewal.inWindows({ cron: '0 0 2 * * 6', duration: Duration.hours(1) }) },
    "cron of renewal window 1 is '0 0 2 * * 6'; allowed: five fields: minute, hour, day of the month, month, day of the week (0 to 6); fix: write '0 2 * * 6' for Saturdays at two [CERT-RENEWAL-WINDOW]"),
  row('the seventh day', webhook, { ...host, renewal: CertificateRenewal.inWindows({ cron: '0 2 * * 7', duration: Duration.hours(1) }) }, "cron of renewal window 1 is '0 2 * * 7'"),
  row('an hour that is not', webhook, { ...host, renewal: CertificateRenewal.inWindows({ cron: '0 24 * * *', duration: Duration.hours(1) }) }, "cron of renewal window 1 is '0 24 * * *'"),
  row('a range that runs backwards', webhook, { ...host, renewal: CertificateRenewal.inWindows({ cron: '0 6-2 * * *', duration: Duration.hours(1) }) }, "cron of renewal window 1 is '0 6-2 * * *'"),
  row('a step of zero', webhook, { ...host, renewal: CertificateRenewal.inWindows({ cron: '*/0 * * * *', duration: Duration.hours(1) }) }, "cron of renewal window 1 is '*/0 * * * *'"),
  row('a time zone that is not', webhook, { ...host, renewal: CertificateRenewal.inWindows({ cron: '0 2 * * *', duration: Duration.hours(1), timezone: 'Europe/Bielefeld' }) },
    "timezone of renewal window 1 is 'Europe/Bielefeld'; allowed: a name of the IANA, such as Europe/Berlin"),
  row('a time zone in lower case', webhook, { ...host, renewal: CertificateRenewal.inWindows({ cron: '0 2 * * *', duration: Duration.hours(1), timezone: 'Europe/berlin' }) }, "timezone of renewal window 1 is 'Europe/berlin'"),
  row('a window of half a second', later, { ...host, renewal: CertificateRenewal.inWindows({ cron: '0 2 * * *', duration: Duration.millis(500) }) }, 'duration of renewal window 1 is 500 ms; allowed: whole seconds, at least one'),
  row('an annotation of cert-manager', webhook, { ...host, secretTemplate: { annotations: { 'cert-manager.io/issuer-name': 'other' } } },
    "[test/orders] secretTemplate.annotations has 'cert-manager.io/issuer-name'; allowed: annotations that are not cert-manager's own, and cert-manager.io/allow-direct-injection [CERT-SECRET-TEMPLATE]"),
  row('an annotation that Kubernetes refuses', webhook, { ...host, secretTemplate: { annotations: { 'a b': 'c' } } }, "secretTemplate.annotations has 'a b'"),
  row('a label that Kubernetes refuses', webhook, { ...host, secretTemplate: { labels: { team: 'shop & co' } } }, "secretTemplate.labels has team: 'shop & co'"),
  row('a label whose name Kubernetes refuses', webhook, { ...host, secretTemplate: { labels: { '-team': 'shop' } } }, "secretTemplate.labels has -team: 'shop'"),
  row('name constraints of what is no CA', webhook, { ...host, nameConstraints: { permitted: { dnsDomains: ['example.com'] } } },
    '[test/orders] nameConstraints are given for a certificate that is no CA; allowed: nameConstraints with isCa: true; fix: give them to the CA that signs this certificate [CERT-NAME-CONSTRAINTS]'),
  row('name constraints on nothing', webhook, { ...ca, nameConstraints: { critical: true } }, 'nameConstraints permit and exclude nothing; allowed: at least one name in permitted or excluded; fix: leave them out'),
  row('empty name constraints', later, { ...ca, nameConstraints: { permitted: { dnsDomains: [] } } }, 'nameConstraints permit and exclude nothing'),
  row('a constraint with a wildcard', later, { ...ca, nameConstraints: { permitted: { dnsDomains: ['*.example.com'] } } }, "nameConstraints.permitted.dnsDomains has '*.example.com'; allowed: a domain without wildcard, such as example.com"),
  row('a constraint on an address', later, { ...ca, nameConstraints: { excluded: { ipRanges: ['10.0.0.1'] } } }, "nameConstraints.excluded.ipRanges has '10.0.0.1'; allowed: a range such as 10.0.0.0/8"),
  row('a constraint on a range that is not', later, { ...ca, nameConstraints: { excluded: { ipRanges: ['10.0.0.0/33'] } } }, "nameConstraints.excluded.ipRanges has '10.0.0.0/33'"),
  row('a constraint on a URI', later, { ...ca, nameConstraints: { excluded: { uriDomains: ['https://example.com'] } } }, "nameConstraints.excluded.uriDomains has 'https://example.com'; allowed: a host, or a domain with a dot before it"),
  row('a constraint on half a mailbox', later, { ...ca, nameConstraints: { excluded: { emailAddresses: ['@example.com'] } } }, "nameConstraints.excluded.emailAddresses has '@example.com'"),
  row('a format twice', webhook, { ...host, additionalOutputFormats: [CertificateOutputFormat.DER, CertificateOutputFormat.DER] }, '[test/orders] additionalOutputFormats has DER twice; allowed: each format once [CERT-OUTPUT-FORMAT]'),
  row('no history', webhook, { ...host, revisionHistoryLimit: 0 }, '[test/orders] revisionHistoryLimit is 0; allowed: a whole number from 1; fix: leave it out for 1 [CERT-REVISION-HISTORY]'),
];
