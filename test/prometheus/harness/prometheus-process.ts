import { prometheus } from './binaries';
import { RuleGroups } from './promtool';
import { freePorts } from '../../server/harness/free-ports';
import { LoggedProcess } from '../../server/harness/logged-process';
import { Manifest } from '../../support';

/** What is scraped, with the labels that the Prometheus operator gives to what it finds in Kubernetes. */
export interface Target {
  readonly address: string;
  readonly labels: { readonly [label: string]: string };
}

export interface Sample {
  readonly labels: { readonly [label: string]: string };
  readonly value: number;
}

/** A part of an expression as Prometheus has parsed it. */
export interface Expression {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A Prometheus on loopback. */
export class PrometheusProcess extends LoggedProcess {
  /** One that scrapes each second as a PodMonitor says, and asks rules as often. */
  public static watching({ spec }: Manifest, rules: RuleGroups, targets: Target[]): Promise<PrometheusProcess> {
    const [{ relabelings, metricRelabelings }] = spec.podMetricsEndpoints;
    return PrometheusProcess.start({
      global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
      rule_files: ['rules.json'],
      scrape_configs: [{
        job_name: 'pods',
        static_configs: targets.map(({ address, labels }) => ({ targets: [address], labels })),
        relabel_configs: relabelings.map(inSnakeCase),
        metric_relabel_configs: metricRelabelings.map(inSnakeCase),
      }],
    }, { 'rules.json': JSON.stringify(rules) });
  }

  public static async start(config: Manifest, files: { readonly [path: string]: string }): Promise<PrometheusProcess> {
    const [port] = await freePorts(1);
    const process = new PrometheusProcess(config, files, port);
    await process.waitForLog(/Server is ready to receive web requests/, { timeout: 60_000 });
    return process;
  }

  private constructor(config: Manifest, files: { readonly [path: string]: string }, private readonly port: number) {
    super({
      name: 'prometheus',
      command: [prometheus(), '--config.file=config.json', '--storage.tsdb.path=data', `--web.listen-address=127.0.0.1:${port}`],
      env: {},
      files: { 'config.json': JSON.stringify(config), ...files },
    });
  }

  /** The answer to a query that gives a vector. */
  public async query(expr: string): Promise<Sample[]> {
    const { result } = await this.get('query', { query: expr });
    return result.map(({ metric, value }: { metric: Sample['labels']; value: [number, string] }) => ({ labels: metric, value: Number(value[1]) }));
  }

  /** The expression as Prometheus reads it; one that it does not understand throws. */
  public parse(expr: string): Promise<Expression> {
    return this.get('parse_query', { query: expr });
  }

  /** What goes wrong with rules, and what their texts become. */
  public async rules(): Promise<Manifest[]> {
    return (await this.get('rules', {})).groups.flatMap(({ rules }: Manifest) => rules);
  }

  /** What it scrapes: the address, with all labels. */
  public async targets(): Promise<Target[]> {
    return (await this.get('targets', { state: 'active' })).activeTargets.map(({ scrapeUrl, labels }: Manifest) => ({ address: scrapeUrl, labels }));
  }

  /** Names of the alerts that fire, each once. */
  public async firing(): Promise<string[]> {
    return (await this.query('count by (alertname) (ALERTS{alertstate="firing"})')).map(({ labels }) => labels.alertname).sort();
  }

  private async get(endpoint: string, parameters: { readonly [name: string]: string }) {
    const response = await fetch(`http://127.0.0.1:${this.port}/api/v1/${endpoint}?${new URLSearchParams(parameters)}`);
    const { status, data, error } = await response.json() as { status: string; data: any; error?: string };
    if (status !== 'success') throw new Error(`${JSON.stringify(parameters)}: ${error}`);
    return data;
  }
}

/** As Prometheus' own configuration spells what the operator's resources spell in camel case. */
function inSnakeCase(fields: { readonly [field: string]: unknown }): { [field: string]: unknown } {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]));
}
