import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { contextsOf, NatsBoxState } from './nats-box';
import { secretsOfContext } from './nats-box-context';
import { writeContexts } from './write-contexts';
import { ClusterState } from '../cluster-state';
import { NeededSecret } from '../needed-secret';
import { renderResources } from '../pod/container-resources';
import { renderImage, renderPullSecrets } from '../pod/images';
import { SecretFiles } from '../pod/secret-files';
import { DEFAULT_USER_ID, RESTRICTED_CONTAINER, restrictedPod } from '../pod/security';
import { filesOfClient } from '../tls/nats-client-tls';
import { secretsOfClientTls } from '../tls/required-tls-secrets';
import { TlsFiles } from '../tls/tls-files';

/** Where the image expects to write what nats and nsc keep: the root file system is read-only. */
const HOME = '/nsc';

const WAIT_FOR_THE_END = `trap 'exit 0' INT TERM
sleep infinity &
wait`;

/** The Deployment of the nats-box. */
export function renderNatsBox(box: NatsBoxState, state: ClusterState, clientUrl: string): k8s.DeploymentSpec {
  const contexts = contextsOf(box, state, clientUrl);
  const tlsFiles = new TlsFiles('tls', contexts.flatMap(({ tls }) => filesOfClient(tls)));
  const files = new SecretFiles('/etc/nats-box', 'context');
  const write = writeContexts(contexts, box.options.defaultContext ?? 'default', files);
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
          ],
          resources: renderResources(box.resources),
          securityContext: RESTRICTED_CONTAINER,
          volumeMounts: [{ name: 'home', mountPath: HOME }, { name: 'tmp', mountPath: '/tmp' }, ...tlsFiles.mounts(), ...files.mounts()],
          workingDir: HOME,
        }],
        volumes: [
          // Contexts may have passwords in them, which do not get onto a disk.
          { name: 'home', emptyDir: { medium: 'Memory' } }, { name: 'tmp', emptyDir: {} }, ...tlsFiles.volumes(), ...files.volumes(),
        ],
      },
    },
  };
}

/** The Secrets that the nats-box needs, besides the token and the passwords of users, which the servers need too. */
export function secretsOfBox(box: NatsBoxState, state: ClusterState): NeededSecret[] {
  return [
    ...(box.options.contexts ?? []).flatMap(secretsOfContext).map((secret) => ({ secret, use: 'nats-box', value: 'as the context needs it' })),
    ...contextsOf(box, state, '').flatMap(({ tls }) => secretsOfClientTls('nats-box', tls)),
  ];
}
