import { Duration } from 'cdk8s';
import { ListenerTls } from './listener-tls';
import { ClientTls } from './nats-client-tls';
import { pathOf } from './tls-files';
import { NatsHandshakeFirst, NatsOcspPeerOptions } from './tls-options';
import { ConfBlock, ConfValue } from '../conf/conf-value';

/** The block `tls` of a listener. */
export function renderTls(tls: ListenerTls | undefined): ConfBlock | undefined {
  if (!tls) return undefined;
  const { material: { cert, key, ca }, options } = tls;
  return {
    cert_file: pathOf(cert),
    key_file: pathOf(key),
    ca_file: ca && pathOf(ca),
    verify: options.verify,
    verify_and_map: options.verifyAndMap || undefined,
    verify_cert_and_check_known_urls: options.verifyCertAndCheckKnownUrls || undefined,
    timeout: options.timeout && secondsOrDuration(options.timeout),
    min_version: options.minVersion,
    cipher_suites: options.cipherSuites,
    allow_insecure_cipher_suites: options.allowInsecureCipherSuites || undefined,
    curve_preferences: options.curvePreferences,
    handshake_first: options.handshakeFirst && renderHandshakeFirst(options.handshakeFirst),
    pinned_certs: options.pinnedCertificates?.map((pin) => pin.toLowerCase()).sort(),
    connection_rate_limit: options.connectionRateLimit,
    ocsp_peer: options.ocspPeer && renderOcspPeer(options.ocspPeer),
  };
}

/** The block `tls` of a connection that the servers make themselves. */
export function renderClientTls(tls: ClientTls | undefined): ConfBlock | undefined {
  if (!tls) return undefined;
  const { ca, certificate, handshakeFirst } = tls;
  return {
    ca_file: ca && pathOf(ca),
    cert_file: certificate && pathOf(certificate.cert),
    key_file: certificate && pathOf(certificate.key),
    handshake_first: handshakeFirst || undefined,
  };
}

/** A number where nats.conf can hold it; fractions it takes as durations. */
function secondsOrDuration(duration: Duration): ConfValue {
  const seconds = duration.toSeconds({ integral: false });
  return Number.isInteger(seconds) ? seconds : duration;
}

function renderHandshakeFirst({ _fallbackDelay }: NatsHandshakeFirst): ConfValue {
  return _fallbackDelay ?? true;
}

function renderOcspPeer(options: NatsOcspPeerOptions): ConfBlock {
  return {
    verify: true,
    ca_timeout: options.caTimeout,
    allowed_clockskew: options.allowedClockSkew,
    warn_only: options.warnOnly,
    unknown_is_good: options.unknownIsGood,
    allow_when_ca_unreachable: options.allowWhenCaUnreachable,
    cache_ttl_when_next_update_unset: options.cacheTtlWhenNextUpdateUnset,
  };
}
