import { Size } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { NatsUser } from './auth/nats-user';
import { ClusterState } from './cluster-state';
import { checkCa, checkContexts, completeContext, NatsBoxContext, OwnTls, secretsOfContext, tlsOfContext, writeContexts } from './nats-box-contexts';
import { ContainerResources, renderResources, ResolvedResources, resolveResources } from './pod/container-resources';
import { renderImage, renderPullSecrets } from './pod/images';
import { SecretFiles } from './pod/secret-files';
import { DEFAULT_USER_ID, RESTRICTED_CONTAINER, restrictedPod } from './pod/security';
import { verifiesPeers } from './tls/listener-tls';
import { NatsClientCertificate } from './tls/nats-client-certificate';
import { NatsTlsCa } from './tls/nats-tls-ca';
import { pathOf, TlsFiles } from './tls/tls-files';
import { caElsewhere } from './tls/trust';
import { DNS_LABEL, isName } from '../core/names';
import { defineRule, RuleLevel } from '../core/rule';
import { SecretKey } from '../core/secret-key';

export const BOX_USER = defineRule({
  id: 'NATS-BOX-USER',
  level: RuleLevel.ERROR,
  statement: 'Where users log in, the nats-box says as which one: one with a password in a Secret, or one that its certificate names.',
  source: 'nats-box: the command line tool logs in with a token, or a user name and its password',
});

/** A pod with the command line tools, connected to the cluster: `kubectl exec -it deploy/<name>-box -- nats server list`. */
export interface NatsBoxOptions {
  /**
   * Name of the user as whom it logs in; required where users log in. With a token, it uses the token.
   * @default - none
   */
  readonly user?: string;
  /**
   * Its certificate; required where the servers verify certificates of clients, and with `verifyAndMap` one that names `user`.
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

/** Where the image expects to write what nats and nsc keep: the root file system is read-only. */
const HOME = '/nsc';

/** Writes the one context that the tools use; what is secret comes from the environment. */
const WRITE_DEFAULT = `mkdir -p "$XDG_CONFIG_HOME/nats/context"
printf '%s' "$NATS_BOX_CONTEXT" > "$XDG_CONFIG_HOME/nats/context/default.json"
printf default > "$XDG_CONFIG_HOME/nats/context.txt"`;

const WAIT_FOR_THE_END = `trap 'exit 0' INT TERM
sleep infinity &
wait`;

export function resolveNatsBox(scope: Construct, name: string, podLabels: { [label: string]: string }, options: NatsBoxOptions): NatsBoxState {
  checkContexts(scope, options.contexts ?? [], options.defaultContext ?? 'default');
  checkCa(scope, 'natsBox.ca', options.ca);
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

/** Findings about the user as whom the nats-box logs in. */
export function boxUserFindings(box: NatsBoxState, state: ClusterState) {
  const [{ options }, { auth }] = [box, state];
  if (!hasOwnContext(options)) return options.user === undefined ? [] : [{ what: `natsBox.user is '${options.user}', but contexts say as whom it logs in`, fix: 'leave it out' }];
  const user = loginUser(box, state);
  const names = auth.users.map(({ userName }) => userName);
  if (auth.users.length === 0) {
    return options.user === undefined ? [] : [{ what: `natsBox.user is '${options.user}', but the cluster has no users`, fix: 'leave it out' }];
  }
  if (!user) {
    return [{ what: `natsBox.user is ${options.user === undefined ? 'not given' : `'${options.user}'`}`, allowed: names.sort().join(', ') || 'a user of the cluster', fix: 'name one of the users' }];
  }
  return user._password || user._certificateSubject ? [] : [{
    what: `natsBox.user '${user.userName}' has neither a password in a Secret nor a certificate`, fix: 'name a user who has, or give contexts',
  }];
}

/** Findings about the certificate that the nats-box shows. */
export function boxCertificateFindings({ options }: NatsBoxState, { tls: { client } }: ClusterState) {
  if (client && verifiesPeers(client)) {
    return options.certificate ? [] : [{
      what: 'natsBox.certificate is not given, but the servers verify certificates of clients', fix: 'give certificate: NatsClientCertificate.fromSecret(\'<secret>\')',
    }];
  }
  return options.certificate ? [{ what: 'natsBox.certificate is given, but the servers verify no certificates of clients', fix: 'leave it out, or set verify: true in tls' }] : [];
}

/** What the nats-box believes the servers by, and shows them. */
function boxTls({ options: { ca, certificate } }: NatsBoxState, state: ClusterState): OwnTls {
  return { ca: state.tls.client && caElsewhere(state, ca), certificate, tlsFirst: state.tls.client?.options.handshakeFirst !== undefined };
}

/** What the contexts of the nats-box believe servers by, and show them. */
export function allBoxTls(box: NatsBoxState, state: ClusterState): OwnTls[] {
  const own = boxTls(box, state);
  return [own, ...(box.options.contexts ?? []).map((one) => tlsOfContext(one, own))];
}

/** The Deployment of the nats-box. */
export function renderNatsBox(box: NatsBoxState, state: ClusterState, clientUrl: string): k8s.DeploymentSpec {
  const tlsFiles = new TlsFiles('tls', allBoxTls(box, state).flatMap(({ ca, certificate }) => [...ca ? [ca] : [], ...certificate ? [certificate._cert, certificate._key] : []]));
  const files = new SecretFiles('/etc/nats-box', 'context');
  const contexts = box.options.contexts && contextsOf(box, state);
  const write = contexts ? writeContexts(contexts, box.options.defaultContext ?? 'default', { url: clientUrl, tls: boxTls(box, state) }, files) : WRITE_DEFAULT;
  return {
    replicas: 1,
    selector: { matchLabels: box.podLabels },
    template: {
      metadata: { labels: box.podLabels },
      spec: {
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: restrictedPod(state.pod.userId ?? DEFAULT_USER_ID),
        imagePullSecrets: renderPullSecrets(state.images),
        containers: [{
          name: 'nats-box',
          ...renderImage(state.images, 'natsBox'),
          command: ['/bin/sh', '-ec', `${write}\n${WAIT_FOR_THE_END}`],
          env: [
            { name: 'HOME', value: HOME },
            // The tools look here, or else in the home directory of the image's user, but not in $HOME.
            { name: 'XDG_CONFIG_HOME', value: `${HOME}/.config` },
            ...contexts ? [] : [{ name: 'NATS_BOX_CONTEXT', value: JSON.stringify(context(box, state, clientUrl)) }, ...credentials(box, state)],
          ],
          resources: renderResources(box.resources),
          securityContext: RESTRICTED_CONTAINER,
          volumeMounts: [{ name: 'home', mountPath: HOME }, { name: 'tmp', mountPath: '/tmp' }, ...tlsFiles.mounts(), ...files.mounts()],
          workingDir: HOME,
        }],
        // Contexts have passwords in them, which do not get onto a disk.
        volumes: [
          { name: 'home', emptyDir: contexts ? { medium: 'Memory' } : {} }, { name: 'tmp', emptyDir: {} }, ...tlsFiles.volumes(), ...files.volumes(),
        ],
      },
    },
  };
}

/** Whether the nats-box has the context that follows from the cluster. */
function hasOwnContext({ contexts = [], defaultContext = 'default' }: NatsBoxOptions): boolean {
  return defaultContext === 'default' && !contexts.some(({ name }) => name === 'default');
}

/** All contexts, where there are further ones: variables would be those of all contexts, so that none has its secrets in them. */
function contextsOf({ options }: NatsBoxState, { auth }: ClusterState): NatsBoxContext[] {
  const own: NatsBoxContext[] = hasOwnContext(options) ? [{ name: 'default', user: options.user, token: auth.token }] : [];
  return [...own, ...options.contexts ?? []].map((one) => completeContext(one, auth.users));
}

/** The secrets of the contexts that are given. */
export function secretsOfBox({ contexts = [] }: NatsBoxOptions): SecretKey[] {
  return contexts.flatMap(secretsOfContext);
}

function loginUser({ options }: NatsBoxState, { auth }: ClusterState): NatsUser | undefined {
  return auth.users.find(({ userName }) => userName === options.user);
}

/** @see https://docs.nats.io/using-nats/nats-tools/nats_cli#nats-contexts */
function context(box: NatsBoxState, state: ClusterState, clientUrl: string) {
  const { ca, certificate, tlsFirst } = boxTls(box, state);
  const user = loginUser(box, state);
  return {
    url: clientUrl,
    user: user?._certificateSubject ? undefined : user?.userName,
    inbox_prefix: user?.inboxPrefix,
    ca: ca && pathOf(ca),
    cert: certificate && pathOf(certificate._cert),
    key: certificate && pathOf(certificate._key),
    tls_first: tlsFirst ? true : undefined,
  };
}

function credentials(box: NatsBoxState, state: ClusterState): k8s.EnvVar[] {
  const fromSecret = (name: string, { secretName, key }: SecretKey) => ({ name, valueFrom: { secretKeyRef: { name: secretName, key } } });
  if (state.auth.token) return [fromSecret('NATS_TOKEN', state.auth.token)];
  const password = loginUser(box, state)?._password;
  return password ? [fromSecret('NATS_PASSWORD', password)] : [];
}
