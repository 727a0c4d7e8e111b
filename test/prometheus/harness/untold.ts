import { PrometheusProcess } from './prometheus-process';
import { selectedBy } from './selectors';

/** What an expression selects, and nobody whom a Prometheus scrapes tells. What others tell, as kube-state-metrics, is left out. */
export async function untold(prometheus: PrometheusProcess, expr: string): Promise<string[]> {
  const selectors = selectedBy(await prometheus.parse(expr)).filter(({ metric }) => /^(nats[_:]|controller_runtime_|up$)/.test(metric))
    .map(({ metric, labels }) => `${metric}{${labels.map((label) => `${label}!=""`).join(', ')}}`);
  const answers = await Promise.all(selectors.map((selector) => prometheus.query(selector)));
  return selectors.filter((_, index) => answers[index].length === 0);
}
