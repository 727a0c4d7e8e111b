import { notificationController } from './binaries';
import { ControlPlane } from './control-plane';
import { eventually } from '../../server/harness/eventually';
import { freePorts } from '../../server/harness/free-ports';
import { LoggedProcess } from '../../server/harness/logged-process';
import { Manifest } from '../../support';

// Built before the clock of a test runs.
notificationController();

const NAMESPACE = 'flux-system';

/** An event as the controllers of Flux send it. */
export interface FluxEvent {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly severity: 'info' | 'error';
  readonly message: string;
  readonly metadata?: { readonly [name: string]: string };
}

const apiVersions: { [kind: string]: string } = {
  Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
  HelmRelease: 'helm.toolkit.fluxcd.io/v2',
  ImagePolicy: 'image.toolkit.fluxcd.io/v1',
};

export interface NotificationControllerOptions {
  readonly args?: string[];
  readonly env?: { readonly [name: string]: string };
  readonly files?: { readonly [path: string]: string };
}

/** The controller of Flux that sends alerts, at work for a control plane. */
export class NotificationController {
  /** The definitions of Flux's kinds, and whoever the controller is. */
  public static async install(plane: ControlPlane): Promise<void> {
    await plane.define(...['notification', 'kustomize', 'source', 'helm'].map((group) => `${group}.toolkit.fluxcd.io`));
    await plane.apply([namespaceOf(NAMESPACE), {
      apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'notification-controller', namespace: NAMESPACE },
    }, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'notification-controller' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name: 'notification-controller', namespace: NAMESPACE }],
    }]);
  }

  public static async start(plane: ControlPlane, options: NotificationControllerOptions = {}): Promise<NotificationController> {
    const { args = [], env = {}, files = {} } = options;
    const [events, health, metrics, receiver] = await freePorts(4);
    const kubeconfig = plane.kubeconfig(await plane.client.tokenOf(NAMESPACE, 'notification-controller'));
    new LoggedProcess({
      name: 'notification-controller',
      command: [
        notificationController(), `--events-addr=127.0.0.1:${events}`, `--health-addr=127.0.0.1:${health}`, `--metrics-addr=127.0.0.1:${metrics}`,
        `--receiverAddr=127.0.0.1:${receiver}`, ...args,
      ],
      env: { KUBECONFIG: 'kubeconfig', RUNTIME_NAMESPACE: NAMESPACE, ...env },
      files: { kubeconfig, ...files },
    });
    await eventually(() => fetch(`http://127.0.0.1:${health}/readyz`).then(({ status }) => status, () => 0), (status) => status === 200, 60_000);
    return new NotificationController(plane, `http://127.0.0.1:${events}/`, `http://127.0.0.1:${receiver}`);
  }

  private constructor(
    private readonly plane: ControlPlane,
    /** Where the other controllers tell what has happened. */
    public readonly eventsUrl: string,
    private readonly receiverUrl: string,
  ) {}

  /** Tells what has happened, as another controller of Flux would. */
  public async post({ kind, name, namespace, severity, message, metadata }: FluxEvent): Promise<void> {
    const apiVersion = apiVersions[kind] ?? 'source.toolkit.fluxcd.io/v1';
    const event = {
      involvedObject: { apiVersion, kind, name, namespace },
      severity,
      timestamp: new Date().toISOString(),
      message,
      reason: 'ForTheTest',
      metadata,
      reportingController: 'kustomize-controller',
    };
    const { status } = await fetch(this.eventsUrl, { method: 'POST', body: JSON.stringify(event) });
    if (status !== 202) throw new Error(`the event '${message}' is answered with ${status}`);
  }

  /** Calls a webhook, and gives the status of the answer. */
  public async call(path: string, body: string, headers: { [name: string]: string } = {}): Promise<number> {
    return (await fetch(this.receiverUrl + path, { method: 'POST', body, headers })).status;
  }

  /** What the controller says of the Alerts in a namespace, which is all that is to be seen of a message that could not be sent. */
  public async warningsIn(namespace: string): Promise<string[]> {
    const { body } = await this.plane.client.ask('GET', `/api/v1/namespaces/${namespace}/events`);
    const warnings: Manifest[] = body.items.filter(({ type }: Manifest) => type === 'Warning');
    return warnings.map(({ reason, involvedObject, message }) => `${involvedObject.kind} ${involvedObject.name}: ${reason}: ${message}`);
  }
}

export function namespaceOf(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}
