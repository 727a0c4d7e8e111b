import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { checkBoxCa, checkContexts, completeContext, NatsBoxContext } from './nats-box-context';
import { ResolvedContext } from './write-contexts';
import { DNS_LABEL, isName } from '../../core/names';
import { ClusterState } from '../cluster-state';
import { ContainerResources, ResolvedResources, resolveResources } from '../pod/container-resources';
import { verifiesPeers } from '../tls/listener-tls';
import { NatsClientCertificate } from '../tls/nats-client-certificate';
import { ClientTls, clientTls } from '../tls/nats-client-tls';
import { NatsTlsCa } from '../tls/nats-tls-ca';
import { offeredTls } from '../tls/trust';

/** A pod with the command line tools, connected to the cluster: `kubectl exec -it deploy/<name>-box -- nats server list`. */
export interface NatsBoxOptions {
  /**
   * Name of the user as whom it logs in; required where users log in. With a token, it uses the token.
   * @default - none
   */
  readonly user?: string;
  /**
   * Its certificate; required where the servers verify certificates of clients, and with `verifyAndMap` one that names `user`. One of the app that names
   * somebody else fails the synth.
   * @default - one of its own where the cluster makes its certificates and verifies those of clients, else none
   */
  readonly certificate?: NatsClientCertificate;
  /**
   * The authorities by which it believes the servers. A path throws: the nats-box has none of the volumes of the servers.
   * @default - the CA of the cluster's `tls`, if that is in a Secret or ConfigMap, else those of the image
   */
  readonly ca?: NatsTlsCa;
  /**
   * Further contexts, to be chosen with `nats --context`. The one that it has anyway is named `default`.
   * @default - none
   */
  readonly contexts?: NatsBoxContext[];
  /**
   * Context of commands that name none. If it is one of `contexts`, no other is made, and `user` is not needed.
   * @default default
   */
  readonly defaultContext?: string;
  /**
   * Its CPU and memory.
   * @default - 0.05 cores and 64 MiB, limited to 0.5 cores and 256 MiB
   */
  readonly resources?: ContainerResources;
}

/** The nats-box with its defaults. */
export interface NatsBoxState {
  readonly name: string;
  readonly podLabels: { [label: string]: string };
  readonly options: NatsBoxOptions;
  readonly resources: ResolvedResources;
}

/** The nats-box with its defaults; a context that the tools could not use throws. */
export function resolveNatsBox(scope: Construct, name: string, podLabels: { [label: string]: string }, options: NatsBoxOptions): NatsBoxState {
  checkBoxCa(scope, 'natsBox.ca', options.ca);
  checkContexts(scope, options.contexts ?? [], options.defaultContext ?? 'default');
  const defaultLimits = { cpuLimit: 0.5, memoryLimit: Size.mebibytes(256) };
  return { name, podLabels, options, resources: resolveResources(scope, 'natsBox.resources', options.resources ?? defaultLimits, { cpu: 0.05, memory: Size.mebibytes(64) }) };
}

/** The options with a certificate for the nats-box where the servers ask for one, and the cluster makes certificates itself. */
export function withCertificate(options: NatsBoxOptions, { name, certificates, tls: { client } }: ClusterState): NatsBoxOptions {
  if (options.certificate || !certificates || !client || !verifiesPeers(client)) return options;
  const { user } = options;
  const dnsNames = client.options.verifyAndMap && user && isName(user, DNS_LABEL) ? [user] : undefined;
  return { ...options, certificate: NatsClientCertificate.fromCertificate(certificates.addClient('box', { commonName: user ?? `${name}-box`, dnsNames })) };
}

/** Whether the nats-box has the context that follows from the cluster. */
export function hasOwnContext({ contexts = [], defaultContext = 'default' }: NatsBoxOptions): boolean {
  return defaultContext === 'default' && !contexts.some(({ name }) => name === 'default');
}

/** All contexts, each with what it takes from the cluster. */
export function contextsOf({ options }: NatsBoxState, state: ClusterState, clientUrl: string): ResolvedContext[] {
  const { auth } = state;
  const own: NatsBoxContext[] = hasOwnContext(options) ? [{ name: 'default', user: options.user, token: auth.token }] : [];
  return [...own, ...options.contexts ?? []].map((context) => ({
    ...completeContext(context, auth.users),
    url: context.url ?? clientUrl,
    tls: tlsOf(context, context.url === undefined ? ownTls(options, state) : {}),
  }));
}

function tlsOf({ ca, certificate, tlsFirst }: NatsBoxContext, otherwise: ClientTls): ClientTls {
  return clientTls({ ca, certificate, handshakeFirst: tlsFirst }, otherwise);
}

/** What the nats-box believes the servers of the cluster by, and shows them. */
function ownTls({ ca, certificate }: NatsBoxOptions, state: ClusterState): ClientTls {
  const servers = offeredTls(state, 'client');
  return servers ? clientTls({ ca, certificate }, servers) : {};
}
