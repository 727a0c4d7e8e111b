import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAuthTimeout } from '../auth/auth-timeout';
import { ConfBlock, ConfValue } from '../conf/conf-value';
import { checkAdvertised } from '../network/advertise';
import { NatsHttpRouteOptions } from '../network/http-route';
import { NatsIngressOptions } from '../network/ingress';
import { NatsPeer } from '../network/nats-peer';
import { urlMistake } from '../network/urls';
import { NatsTls } from '../tls/nats-tls';

const WEB_SOCKET_DOCS = 'https://docs.nats.io/running-a-nats-service/configuration/websocket/websocket_conf';

export const WEB_SOCKET = defineRule({
  id: 'NATS-WEB-SOCKET',
  level: RuleLevel.ERROR,
  statement: 'An allowed origin is an http or https URL without a path, headers are not those of the protocol, and times are longer than zero.',
  source: `${WEB_SOCKET_DOCS}; nats-server: "allowed origins must be absolute URLs", "websocket: invalid header"`,
});

export const WEB_SOCKET_PLAIN = defineRule({
  id: 'NATS-WEB-SOCKET-PLAIN',
  level: RuleLevel.GUARDED,
  statement: 'Without TLS, credentials of WebSocket clients travel in clear: the servers speak TLS, or an Ingress or Gateway does it before them.',
  source: `${WEB_SOCKET_DOCS}; nats-server: "Websocket not configured with TLS. DO NOT USE IN PRODUCTION!"`,
});

export const WEB_SOCKET_TLS_BEHIND = defineRule({
  id: 'NATS-WEB-SOCKET-TLS-BEHIND',
  level: RuleLevel.GUARDED,
  statement: 'An Ingress controller or Gateway that ends TLS speaks plain HTTP to the servers behind it, unless it is told otherwise; servers that speak TLS then answer nobody.',
  source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#backend-protocol; https://gateway-api.sigs.k8s.io/api-types/backendtlspolicy/',
});

/**
 * A listener for WebSocket clients, such as browsers. Changing it restarts the servers.
 *
 * Without TLS the servers speak plain HTTP on it, which is guarded (NATS-WEB-SOCKET-PLAIN) unless an Ingress or a Gateway ends TLS before them. With both, whoever ends
 * TLS has to be told to speak it to the servers again (NATS-WEB-SOCKET-TLS-BEHIND).
 * @see https://docs.nats.io/running-a-nats-service/configuration/websocket/websocket_conf
 */
export interface NatsWebSocketOptions {
  /**
   * TLS of the listener.
   * @default - the cluster's `tls`
   */
  readonly tls?: NatsTls;
  /**
   * Who may reach the listener, besides those in front of it that `ingress` and `httpRoute` name.
   * @default - nobody
   */
  readonly peers?: NatsPeer[];
  /**
   * Whether a browser's page must come from the host that it connects to.
   * @default false
   */
  readonly sameOrigin?: boolean;
  /**
   * Origins from which a browser's page may come, such as `https://shop.example.com`.
   * @default - all
   */
  readonly allowedOrigins?: string[];
  /**
   * Whether messages are compressed for clients that ask for it.
   * @default false
   */
  readonly compression?: boolean;
  /**
   * How long the handshake may take.
   * @default - the server's: 2 s
   */
  readonly handshakeTimeout?: Duration;
  /**
   * How often an idle connection is asked whether it still lives.
   * @default - `limits.pingInterval`
   */
  readonly pingInterval?: Duration;
  /**
   * How long a client has for logging in, in whole seconds; at most a minute.
   * @default - the server's: 2 s, and with TLS a second more than its handshake
   */
  readonly authTimeout?: Duration;
  /**
   * User of clients that log in as nobody.
   * @default - they are turned away
   */
  readonly noAuthUser?: string;
  /**
   * Cookie in which a client's JWT is; for servers in operator mode.
   * @default - none
   */
  readonly jwtCookie?: string;
  /**
   * Cookie in which a client's user is.
   * @default - none
   */
  readonly userCookie?: string;
  /**
   * Cookie in which a client's password is.
   * @default - none
   */
  readonly passwordCookie?: string;
  /**
   * Cookie in which the token is.
   * @default - none
   */
  readonly tokenCookie?: string;
  /**
   * Headers of the answer to a handshake. Those of the protocol itself throw.
   * @default - none
   */
  readonly headers?: { [header: string]: string };
  /**
   * Address that the servers tell to WebSocket clients: a host and a port. `$(POD_NAME)` and `$(HOST_IP)` in it stand for the name of the pod and the
   * address of its node.
   * @default - the addresses of the pods, and those only with `routes.advertise`
   */
  readonly advertiseAddress?: string;
  /**
   * An Ingress that leads to the listener.
   * @default - none
   */
  readonly ingress?: NatsIngressOptions;
  /**
   * A route of the Gateway API that leads to the listener.
   * @default - none
   */
  readonly httpRoute?: NatsHttpRouteOptions;
}

const FORBIDDEN_HEADER = /^(host|content-length|connection|upgrade|nats-no-masking|sec-websocket-.*)$/i;

/** Refuses WebSocket options that the server refuses. */
export function checkWebSocket(scope: Construct, options: NatsWebSocketOptions): void {
  checkAdvertised(scope, 'webSocket.advertiseAddress', options.advertiseAddress);
  const origins = urlMistake('webSocket.allowedOrigins', options.allowedOrigins ?? [], ['http', 'https']);
  if (origins) throw WEB_SOCKET.error(scope, origins);
  const header = Object.keys(options.headers ?? {}).find((name) => FORBIDDEN_HEADER.test(name));
  if (header !== undefined) {
    throw WEB_SOCKET.error(scope, { what: `webSocket.headers sets ${header}`, allowed: 'headers that are not part of the protocol', fix: 'leave it out' });
  }
  checkAuthTimeout(scope, 'webSocket.authTimeout', options.authTimeout);
  for (const time of ['handshakeTimeout', 'pingInterval'] as const) {
    const milliseconds = options[time]?.toMilliseconds();
    if (milliseconds !== undefined && !(milliseconds > 0)) throw WEB_SOCKET.error(scope, { what: `webSocket.${time} is ${milliseconds} ms`, allowed: 'a time longer than zero' });
  }
}

/** Findings about credentials in clear. */
export function plainWebSocketFindings({ ingress, httpRoute }: NatsWebSocketOptions, elsewhere: string[]): Mistake[] {
  const behindTls = (ingress?.tlsSecretName !== undefined || httpRoute !== undefined) && elsewhere.length === 0;
  return behindTls ? [] : [{
    what: `webSocket is plain HTTP${elsewhere.length > 0 ? `, and reached through ${elsewhere.join(' and ')}` : ', and no Ingress or Gateway ends TLS before it'}`,
    allowed: 'TLS before the listener on every way to it',
    fix: 'give webSocket.ingress with a tlsSecretName, or webSocket.httpRoute',
  }];
}

/** Findings about those in front of servers that speak TLS themselves. An annotation with which controllers of Ingresses are told so is enough. */
export function tlsBehindFindings({ ingress, httpRoute }: NatsWebSocketOptions): Mistake[] {
  const told = Object.entries(ingress?.annotations ?? {}).some(([name, value]) => name.endsWith('/backend-protocol') && /^https$/i.test(value));
  const mistake = (prop: string, fix: string) => ({ what: `webSocket.${prop} leads to servers that speak TLS`, allowed: 'servers that speak plain HTTP', fix: `give webSocket.tls: NatsTls.none(), or ${fix}` });
  return [
    ...ingress && !told ? [mistake('ingress', 'tell the controller, as by the annotation nginx.ingress.kubernetes.io/backend-protocol: HTTPS')] : [],
    ...httpRoute ? [mistake('httpRoute', 'make a BackendTLSPolicy for the Service')] : [],
  ];
}

/** The block `websocket` of nats.conf. */
export function renderWebSocket(
  options: NatsWebSocketOptions, port: number, advertise: ConfValue | undefined, tls: ConfBlock | undefined,
): ConfBlock {
  return {
    port,
    advertise,
    tls,
    no_tls: tls ? undefined : true,
    same_origin: options.sameOrigin,
    allowed_origins: options.allowedOrigins,
    compression: options.compression,
    handshake_timeout: options.handshakeTimeout,
    ping_interval: options.pingInterval,
    authorization: options.authTimeout && { timeout: options.authTimeout.toSeconds() },
    no_auth_user: options.noAuthUser,
    jwt_cookie: options.jwtCookie,
    user_cookie: options.userCookie,
    pass_cookie: options.passwordCookie,
    token_cookie: options.tokenCookie,
    headers: options.headers,
  };
}
