import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { ControllerState } from './controller-state';
import { DEFAULT_IMAGES } from '../../core/default-images';
import { renderPlacement } from '../../nats/pod/basic-pod-options';
import { renderResources } from '../../nats/pod/container-resources';
import { SecretFiles } from '../../nats/pod/secret-files';
import { DEFAULT_USER_ID, RESTRICTED_CONTAINER, restrictedPod } from '../../nats/pod/security';
import { filesOfClient } from '../../nats/tls/nats-client-tls';
import { pathOf, TlsFiles } from '../../nats/tls/tls-files';

/** Where NACK writes what it reads from the Secrets of accounts; in memory, so that no key gets onto the disk of a node. */
const CACHE_DIRECTORY = '/nack';
const LOGIN_DIRECTORY = '/etc/nack-login';
const HEALTH_PORT = 8081;
/** NACK has no option for it. */
export const METRICS_PORT = 8080;

/** The Deployment of the controller. */
export function renderDeployment(state: ControllerState): k8s.DeploymentSpec {
  const { podLabels, resources, graceSeconds, name, props: { pod = {}, images = {} } } = state;
  const tls = tlsFiles(state);
  const login = new SecretFiles(LOGIN_DIRECTORY, 'login');
  const args = controllerArgs(state, login);
  const image = images.controller ?? DEFAULT_IMAGES.jetStreamController;
  return {
    replicas: 1,
    selector: { matchLabels: podLabels },
    // NACK elects no leader: the old one ends before the new one begins.
    strategy: { type: 'Recreate' },
    template: {
      metadata: { labels: { ...pod.labels, ...podLabels }, annotations: pod.annotations },
      spec: {
        serviceAccountName: name,
        automountServiceAccountToken: true,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: graceSeconds,
        securityContext: restrictedPod(pod.userId ?? DEFAULT_USER_ID),
        imagePullSecrets: images.pullSecrets?.map((secret) => ({ name: secret })),
        ...renderPlacement(pod),
        containers: [{
          name: 'jetstream-controller',
          image: image.reference(images.registry),
          imagePullPolicy: image.options.pullPolicy,
          command: ['/jetstream-controller'],
          args,
          // The Go runtime frees memory before the container's limit kills it.
          env: [{ name: 'GOMEMLIMIT', value: `${Math.floor(resources.limitMemoryBytes * 0.8 / 2 ** 20)}MiB` }],
          ports: [{ name: 'health', containerPort: HEALTH_PORT }, { name: 'metrics', containerPort: METRICS_PORT }],
          livenessProbe: { ...probe('/healthz'), periodSeconds: 20, timeoutSeconds: 5 },
          readinessProbe: { ...probe('/readyz'), periodSeconds: 10, timeoutSeconds: 3 },
          resources: renderResources(resources),
          securityContext: RESTRICTED_CONTAINER,
          workingDir: CACHE_DIRECTORY,
          volumeMounts: [{ name: 'cache', mountPath: CACHE_DIRECTORY }, ...login.mounts(), ...tls.mounts()],
        }],
        volumes: [{ name: 'cache', emptyDir: { medium: 'Memory' } }, ...login.volumes(), ...tls.volumes()],
      },
    },
  };
}

function probe(path: string): k8s.Probe {
  return { httpGet: { path, port: k8s.IntOrString.fromString('health') }, failureThreshold: 3 };
}

/** The flags of NACK; no secret is among them, as everyone reads the pod. */
function controllerArgs(state: ControllerState, login: SecretFiles): string[] {
  const { url, watchNamespace, syncInterval, tls: { ca, certificate, handshakeFirst }, props: { readOnly, logVerbosity } } = state;
  return [
    '--control-loop',
    `-s=${url}`,
    ...watchNamespace === undefined ? [] : [`--namespace=${watchNamespace}`],
    `--sync-interval=${syncInterval}`,
    `--cache-dir=${CACHE_DIRECTORY}`,
    `--health-probe-bind-address=:${HEALTH_PORT}`,
    ...state.login ? [`--${state.login.flag}=${login.pathOf(state.login.secret)}`] : [],
    ...ca ? [`--tlsca=${pathOf(ca)}`] : [],
    ...certificate ? [`--tlscert=${pathOf(certificate.cert)}`, `--tlskey=${pathOf(certificate.key)}`] : [],
    ...handshakeFirst ? ['--tlsfirst'] : [],
    ...readOnly ? ['--read-only'] : [],
    ...logVerbosity ? [`-v=${logVerbosity}`] : [],
  ];
}

function tlsFiles({ tls }: ControllerState): TlsFiles {
  return new TlsFiles('tls', filesOfClient(tls));
}
