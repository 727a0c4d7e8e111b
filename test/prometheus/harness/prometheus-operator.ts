import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { parse, parseAllDocuments } from 'yaml';
import { operatorDefinitions, prometheusOperator } from './binaries';
import { ControlPlane } from '../../cluster/harness/control-plane';
import { eventually } from '../../server/harness/eventually';
import { freePorts } from '../../server/harness/free-ports';
import { LoggedProcess } from '../../server/harness/logged-process';
import { Manifest } from '../../support';

const NAMESPACE = 'monitoring';
const START_MILLISECONDS = 60_000;

/** The Prometheus operator at work for a control plane, with a Prometheus and an Alertmanager as kube-prometheus-stack has them. */
export class PrometheusOperator {
  /**
   * @param selected labels of the objects that both take, wherever they are
   * @param version of Prometheus
   */
  public static async start(plane: ControlPlane, selected: { readonly [label: string]: string }, version: string): Promise<PrometheusOperator> {
    const [port] = await freePorts(1);
    const folder = operatorDefinitions();
    await plane.applyLayer([
      ...readdirSync(folder).flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => document.toJS())),
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    ]);
    const process = new LoggedProcess({
      name: 'prometheus-operator',
      command: [prometheusOperator(), `--web.listen-address=127.0.0.1:${port}`],
      env: { KUBECONFIG: 'kubeconfig' },
      files: { kubeconfig: plane.adminKubeconfig },
    });
    const operator = new PrometheusOperator(plane, process);
    await operator.deploy(selected, version);
    return operator;
  }

  private constructor(private readonly plane: ControlPlane, private readonly process: LoggedProcess) {}

  /** What it has said so far. */
  public get log(): string {
    return this.process.log;
  }

  /** The configuration of Prometheus, once it is as it should be. */
  public prometheus(isRight: (config: Manifest) => boolean): Promise<Manifest> {
    return eventually(() => this.written('prometheus-main', 'prometheus.yaml.gz'), isRight, START_MILLISECONDS);
  }

  /** The configuration of the Alertmanager, once it is as it should be. */
  public alertmanager(isRight: (config: Manifest) => boolean): Promise<Manifest> {
    return eventually(() => this.written('alertmanager-main-generated', 'alertmanager.yaml.gz'), isRight, START_MILLISECONDS);
  }

  /** The files with rules for Prometheus: name -> text. */
  public async rules(): Promise<{ [file: string]: string }> {
    const { body } = await this.plane.client.get({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'prometheus-main-rulefiles-0', namespace: NAMESPACE } });
    return body.data ?? {};
  }

  /** What it says against objects: kind, name, and why. */
  public async rejections(): Promise<string[]> {
    const { body } = await this.plane.client.ask('GET', '/apis/events.k8s.io/v1/events');
    return body.items.filter(({ type }: Manifest) => type === 'Warning').map(({ regarding, note }: Manifest) => `${regarding.kind} ${regarding.name}: ${note}`);
  }

  private async deploy(selected: { readonly [label: string]: string }, version: string): Promise<void> {
    const selector = { matchLabels: selected };
    const everywhere = {};
    const object = (kind: string, spec: Manifest) => ({ apiVersion: 'monitoring.coreos.com/v1', kind, metadata: { name: 'main', namespace: NAMESPACE }, spec: { replicas: 1, ...spec } });
    await this.plane.apply([
      object('Prometheus', {
        version,
        podMonitorSelector: selector,
        podMonitorNamespaceSelector: everywhere,
        serviceMonitorSelector: selector,
        serviceMonitorNamespaceSelector: everywhere,
        ruleSelector: selector,
        ruleNamespaceSelector: everywhere,
      }),
      object('Alertmanager', { alertmanagerConfigSelector: selector, alertmanagerConfigNamespaceSelector: everywhere }),
    ]);
  }

  private async written(secret: string, key: string): Promise<Manifest> {
    const { body } = await this.plane.client.get({ apiVersion: 'v1', kind: 'Secret', metadata: { name: secret, namespace: NAMESPACE } });
    const compressed = body.data?.[key];
    return compressed === undefined ? {} : parse(gunzipSync(Buffer.from(compressed, 'base64')).toString());
  }
}
