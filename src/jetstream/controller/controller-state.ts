import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { JetStreamControllerProps } from './controller-props';
import { CONTROLLER_OPTION } from './controller-rules';
import { resolveControllerTls } from './controller-tls';
import { goDuration, millisecondsOf } from '../../core/go-duration';
import { Mistake } from '../../core/mistake';
import { DNS_LABEL, isName } from '../../core/names';
import { assertSecretKey, SecretKey } from '../../core/secret-key';
import { ResolvedResources, resolveResources } from '../../nats/pod/container-resources';
import { checkPodOptions } from '../../nats/pod/pod-options';
import { ClientTls } from '../../nats/tls/nats-client-tls';

/** A controller as its props describe it, with all defaults in place and every value checked: what the renderers read. */
export interface ControllerState {
  readonly name: string;
  /** Namespace of its pod. */
  readonly namespace: string;
  /** Absent are all. */
  readonly watchNamespace?: string;
  readonly podLabels: { [label: string]: string };
  readonly url: string;
  readonly login?: { readonly flag: 'creds' | 'nkey'; readonly secret: SecretKey };
  readonly tls: ClientTls;
  /** As Go writes a duration. */
  readonly syncInterval: string;
  readonly graceSeconds: number;
  readonly resources: ResolvedResources;
  readonly props: JetStreamControllerProps;
}

/** The state of a controller; a wrong value throws. */
export function resolveController(scope: Construct, props: JetStreamControllerProps): ControllerState {
  const { name = scope.node.id, watchNamespace, clusterWide = false, pod = {} } = props;
  const { namespace } = Chart.of(scope);
  const podLabels = { 'app.kubernetes.io/name': 'nack', 'app.kubernetes.io/instance': name, 'app.kubernetes.io/component': 'jetstream-controller' };
  if (!namespace) {
    throw CONTROLLER_OPTION.error(scope, {
      what: 'the chart names no namespace', allowed: 'a chart with a namespace: its permissions have to name the namespace of the controller', fix: 'new Chart(app, \'<id>\', { namespace: \'<namespace>\' })',
    });
  }
  for (const mistake of mistakesIn(name, props)) throw CONTROLLER_OPTION.error(scope, mistake);
  assertSecretKey(scope, 'credentials', props.credentials);
  assertSecretKey(scope, 'nkey', props.nkey);
  checkPodOptions(scope, pod, { labels: podLabels, volumes: [], mountPaths: [], env: [] });
  return {
    name,
    namespace,
    watchNamespace: clusterWide ? undefined : watchNamespace ?? namespace,
    podLabels,
    url: props.cluster.clientUrl,
    login: loginOf(props),
    tls: resolveControllerTls(scope, namespace, props),
    syncInterval: goDuration(props.syncInterval ? millisecondsOf(props.syncInterval)! : 60_000),
    graceSeconds: pod.terminationGracePeriod?.toSeconds() ?? 35,
    resources: resolveResources(scope, 'resources', props.resources ?? { cpuLimit: 1 }, { cpu: 0.1, memory: Size.mebibytes(256) }),
    props,
  };
}

function loginOf({ credentials, nkey }: JetStreamControllerProps): ControllerState['login'] {
  if (credentials) return { flag: 'creds', secret: credentials };
  return nkey && { flag: 'nkey', secret: nkey };
}

function mistakesIn(name: string, props: JetStreamControllerProps): Mistake[] {
  const { watchNamespace, clusterWide, credentials, nkey, syncInterval, logVerbosity = 0, pod } = props;
  const milliseconds = syncInterval && millisecondsOf(syncInterval);
  const grace = pod?.terminationGracePeriod?.toSeconds({ integral: false }) ?? 1;
  const found: [wrong: boolean, mistake: Mistake][] = [
    [!isName(name, DNS_LABEL), { what: `name is '${name}'`, allowed: DNS_LABEL.words, fix: 'give another name' }],
    [watchNamespace !== undefined && !isName(watchNamespace, DNS_LABEL), { what: `watchNamespace is '${watchNamespace}'`, allowed: `one namespace: ${DNS_LABEL.words}`, fix: 'for several namespaces, make several controllers' }],
    [clusterWide === true && watchNamespace !== undefined, { what: `watchNamespace is '${watchNamespace}', and clusterWide is true`, allowed: 'one of them', fix: 'leave one out' }],
    [credentials !== undefined && nkey !== undefined, { what: 'credentials and nkey are given', allowed: 'one of them', fix: 'leave one out' }],
    [syncInterval !== undefined && !(milliseconds !== undefined && milliseconds >= 1000), {
      what: `syncInterval is ${syncInterval?.toHumanString()}`, allowed: 'at least 1 s, in whole milliseconds', fix: 'give Duration.minutes(1)',
    }],
    [!(Number.isInteger(logVerbosity) && logVerbosity >= 0 && logVerbosity <= 10), { what: `logVerbosity is ${logVerbosity}`, allowed: 'a whole number from 0 to 10', fix: 'leave it out' }],
    [!(Number.isInteger(grace) && grace >= 1), { what: `pod.terminationGracePeriod is ${grace} s`, allowed: 'whole seconds from 1', fix: 'leave it out' }],
  ];
  return found.filter(([wrong]) => wrong).map(([, mistake]) => mistake);
}
