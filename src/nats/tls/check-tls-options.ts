import { Construct } from 'constructs';
import { isServerLink, ListenerTls, propOf, TlsListener, verifiesPeers } from './listener-tls';
import { isInsecure, NatsTlsOptions, NatsTlsVersion } from './tls-options';
import { TLS_CIPHERS, TLS_KNOWN_URLS, TLS_OCSP_PEER, TLS_OPTION, TLS_PINNED } from './tls-rules';
import { Mistake } from '../../core/mistake';
import { Rule } from '../../core/rule';

type Found = [rule: Rule, mistake: Mistake];

/** Refuses options that the server refuses, or that it takes and does not heed on this listener. */
export function checkTlsOptions(scope: Construct, tls: ListenerTls): void {
  const prop = propOf(tls.listener);
  const [found] = [
    ...misplaced(prop, tls),
    ...wrongValues(prop, tls.options),
    ...wrongCiphers(prop, tls.options),
    ...wrongPins(prop, tls.options),
  ];
  if (found) throw found[0].error(scope, found[1]);
}

/** The listeners on which the server heeds an option. */
const heeded: [option: keyof NatsTlsOptions, listeners: TlsListener[], words: string][] = [
  ['handshakeFirst', ['client', 'leafNodes'], 'clients and leaf nodes'],
  ['connectionRateLimit', ['client'], 'clients'],
  ['allowNonTls', ['client'], 'clients'],
  ['ocspPeer', ['client', 'leafNodes', 'webSocket', 'mqtt'], 'clients, leaf nodes, WebSocket and MQTT'],
];

function misplaced(prop: string, tls: ListenerTls): Found[] {
  const { listener, options } = tls;
  const found = heeded.filter(([option, listeners]) => options[option] !== undefined && !listeners.includes(listener))
    .map(([option, , words]): Found => [TLS_OPTION, { what: `${prop}.${option} is given, which the server does not heed there`, allowed: `for ${words}`, fix: 'leave it out' }]);
  if (options.verifyCertAndCheckKnownUrls && !isServerLink(listener)) {
    found.push([TLS_KNOWN_URLS, { what: `${prop}.verifyCertAndCheckKnownUrls is true`, allowed: 'for routes and gateways', fix: 'use verify, or verifyAndMap' }]);
  }
  if (options.verify === false && isServerLink(listener)) {
    found.push([TLS_OPTION, { what: `${prop}.verify is false, but the server always verifies there`, fix: 'leave it out' }]);
  }
  if (options.verify === false && options.verifyAndMap) {
    found.push([TLS_OPTION, { what: `${prop}.verify is false and verifyAndMap is true, which verifies`, fix: 'leave one of them out' }]);
  }
  if (options.allowNonTls && options.handshakeFirst && !options.handshakeFirst._fallbackDelay) {
    found.push([TLS_OPTION, { what: `${prop}.allowNonTls is true, and handshakeFirst is always(), which lets nobody in clear in`, fix: 'use NatsHandshakeFirst.withFallback(), or leave one of them out' }]);
  }
  if (options.ocspPeer && !verifiesPeers(tls)) {
    found.push([TLS_OCSP_PEER, { what: `${prop}.ocspPeer is given, but certificates of clients are not verified`, allowed: 'together with verify or verifyAndMap', fix: 'set verify: true' }]);
  }
  return found;
}

function wrongValues(prop: string, { timeout, connectionRateLimit: limit, handshakeFirst, ocspPeer, curvePreferences }: NatsTlsOptions): Found[] {
  const found: Found[] = [];
  const { caTimeout, allowedClockSkew, cacheTtlWhenNextUpdateUnset } = ocspPeer ?? {};
  const durations = {
    timeout,
    'handshakeFirst': handshakeFirst?._fallbackDelay,
    'ocspPeer.caTimeout': caTimeout,
    'ocspPeer.allowedClockSkew': allowedClockSkew,
    'ocspPeer.cacheTtlWhenNextUpdateUnset': cacheTtlWhenNextUpdateUnset,
  };
  for (const [option, duration] of Object.entries(durations)) {
    const milliseconds = duration?.toMilliseconds({ integral: false }) ?? 1;
    if (milliseconds < 1) found.push([TLS_OPTION, { what: `${prop}.${option} is ${milliseconds} ms`, allowed: 'at least a millisecond' }]);
  }
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1)) {
    found.push([TLS_OPTION, { what: `${prop}.connectionRateLimit is ${limit}`, allowed: 'a whole number from 1, of handshakes per second' }]);
  }
  if (curvePreferences?.length === 0) found.push([TLS_OPTION, { what: `${prop}.curvePreferences is an empty list`, allowed: 'at least one curve', fix: 'leave it out for all curves' }]);
  return found;
}

function wrongCiphers(prop: string, { cipherSuites, allowInsecureCipherSuites, minVersion }: NatsTlsOptions): Found[] {
  const insecure = (cipherSuites ?? []).filter(isInsecure);
  if (cipherSuites?.length === 0) return [[TLS_CIPHERS, { what: `${prop}.cipherSuites is an empty list`, allowed: 'at least one suite', fix: 'leave it out for all secure ones' }]];
  if (insecure.length > 0 && !allowInsecureCipherSuites) {
    return [[TLS_CIPHERS, { what: `${prop}.cipherSuites names ${insecure.join(', ')}, which ${insecure.length > 1 ? 'are' : 'is'} insecure`, allowed: 'suites with ECDHE and AES-GCM, ChaCha20 or CBC with SHA-1', fix: 'leave it out, or set allowInsecureCipherSuites: true' }]];
  }
  if (cipherSuites && minVersion === NatsTlsVersion.TLS_1_3) {
    return [[TLS_OPTION, { what: `${prop}.cipherSuites is given, but minVersion is TLS 1.3, whose suites cannot be chosen`, fix: 'leave one of them out' }]];
  }
  return [];
}

function wrongPins(prop: string, { pinnedCertificates }: NatsTlsOptions): Found[] {
  if (pinnedCertificates?.length === 0) {
    return [[TLS_OPTION, { what: `${prop}.pinnedCertificates is an empty list, which the server takes as none at all`, allowed: 'at least one fingerprint', fix: 'leave it out for every certificate of the CA' }]];
  }
  return (pinnedCertificates ?? []).filter((pin) => !/^[0-9A-Fa-f]{64}$/.test(pin)).map((pin) => [TLS_PINNED, {
    what: `${prop}.pinnedCertificates has '${pin}'`,
    allowed: 'the SHA-256 of a public key, in 64 hexadecimal digits',
    fix: 'openssl x509 -noout -pubkey -in tls.crt | openssl pkey -pubin -outform DER | openssl dgst -sha256',
  }]);
}
