import { Construct } from 'constructs';
import { checkTlsOptions } from './check-tls-options';
import { ClusterTls, isServerLink, listenersOf, ListenerTls, propOf, TlsListener, verifiesPeers } from './listener-tls';
import { NatsTls } from './nats-tls';
import { NatsTlsOptions } from './tls-options';
import { TLS_INSECURE_CIPHERS, TLS_MONITORING, TLS_NAMESPACE, TLS_OCSP_PEER, TLS_OPTIONAL, TLS_SYSTEM_CAS } from './tls-rules';
import { Mistake } from '../../core/mistake';
import { checkAtSynth } from '../../core/rules';

/** What is said of TLS: for all listeners, and for each that is there; one that says nothing of its own has what is said for all. */
export interface SaidTls {
  readonly forAll?: NatsTls;
  readonly listeners: { readonly [listener in TlsListener]?: { readonly tls?: NatsTls } };
  readonly httpsMonitoring: boolean;
  /** The servers'. */
  readonly namespace?: string;
}

/** TLS of each listener that is there. An option that its listener does not heed throws. */
export function resolveTls(scope: Construct, said: SaidTls): ClusterTls {
  const present = Object.keys(said.listeners) as TlsListener[];
  const resolved: ClusterTls = Object.fromEntries(present.flatMap((listener) => {
    const tls = resolveListener(scope, listener, said);
    return tls ? [[listener, tls]] : [];
  }));
  checkMonitoring(scope, resolved, said.httpsMonitoring);
  const findings = (found: (tls: ListenerTls) => boolean | undefined, mistake: (listener: TlsListener) => Mistake) =>
    () => listenersOf(resolved).filter(found).map(({ listener }) => mistake(listener));
  checkAtSynth(scope, TLS_SYSTEM_CAS, findings((tls) => verifiesPeers(tls) && !tls.material.ca, (listener) => ({
    what: `${propOf(listener)} verifies certificates by the public CAs of the image, of which everyone gets one`,
    allowed: 'a CA of your own',
    fix: 'give ca: NatsTlsCa.fromSecret(...), fromConfigMap(...) or fromPath(...)',
  })));
  checkAtSynth(scope, TLS_OPTIONAL, findings(({ options }) => options.allowNonTls, (listener) => ({
    what: `${propOf(listener)}.allowNonTls is true`, allowed: 'false', fix: 'leave it out once all clients speak TLS',
  })));
  checkAtSynth(scope, TLS_INSECURE_CIPHERS, findings(({ options }) => options.allowInsecureCipherSuites, (listener) => ({
    what: `${propOf(listener)}.allowInsecureCipherSuites is true`, allowed: 'false', fix: 'leave it out, and choose cipher suites that are not insecure',
  })));
  return resolved;
}

function resolveListener(scope: Construct, listener: TlsListener, { forAll, listeners, namespace }: SaidTls): ListenerTls | undefined {
  const own = listeners[listener]?.tls ?? (listener === 'client' ? forAll : undefined);
  const { _material: material, _options: options } = own ?? forAll ?? NatsTls.none();
  if (!material) return undefined;
  const { path, namespace: madeIn = namespace } = material.madeIn ?? {};
  if (namespace !== undefined && madeIn !== namespace) {
    throw TLS_NAMESPACE.error(scope, {
      what: `${propOf(own ? listener : 'client')} has the certificate ${path} of namespace '${madeIn}'`, allowed: `one of namespace '${namespace}'`, fix: 'make it in a chart of this namespace',
    });
  }
  const resolved = { listener, material, options: own ? options : inherited(listener, options) };
  checkTlsOptions(scope, resolved);
  return resolved;
}

/** What a listener takes from the TLS of all: whom clients are asked to be is no matter of routes, and how handshakes begin and how many there are is for clients alone. */
function inherited(listener: TlsListener, { handshakeFirst, connectionRateLimit, allowNonTls, ...options }: NatsTlsOptions): NatsTlsOptions {
  if (!isServerLink(listener)) return options;
  const { timeout, minVersion, cipherSuites, allowInsecureCipherSuites, curvePreferences } = options;
  return { timeout, minVersion, cipherSuites, allowInsecureCipherSuites, curvePreferences };
}

function checkMonitoring(scope: Construct, tls: ClusterTls, https: boolean): void {
  if (!https) return;
  if (!tls.client) throw TLS_MONITORING.error(scope, { what: 'httpsMonitoring is true, but clients have no TLS, whose certificate it would have', fix: 'give tls' });
  const asked = listenersOf(tls).find(({ options }) => options.ocspPeer);
  if (asked) {
    throw TLS_OCSP_PEER.error(scope, {
      what: `httpsMonitoring is true, and ${propOf(asked.listener)}.ocspPeer is given: the probes would need a certificate`, allowed: 'one of them', fix: 'leave httpsMonitoring out',
    });
  }
}
