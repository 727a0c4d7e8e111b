import { join } from 'path';
import { goBinary } from '../../server/harness/go-binary';

const MODULES = join(__dirname, '../../../tools/monitoring');

/** Prometheus takes minutes where nothing of it has been built yet, more beside other work. */
const LONGEST_BUILD = 60 * 60_000;

/** The path of promtool. */
export function promtool(): string {
  return ofPrometheus('promtool');
}

/** The path of Prometheus. */
export function prometheus(): string {
  return ofPrometheus('prometheus');
}

/** The path of the exporter of NATS servers. */
export function natsExporter(): string {
  return goBinary({
    name: 'prometheus-nats-exporter', version: '0.20.1', module: join(MODULES, 'exporter'), goPackage: 'github.com/nats-io/prometheus-nats-exporter',
  });
}

/** The path of the program that compares a dashboard with Grafana's schema. */
export function dashboardCheck(): string {
  return goBinary({ name: 'dashboards', version: '0.0.22', module: join(MODULES, 'dashboards'), goPackage: '.' });
}

function ofPrometheus(name: string): string {
  const module = join(MODULES, 'prometheus');
  return goBinary({ name, version: '0.308.0', module, goPackage: `github.com/prometheus/prometheus/cmd/${name}`, longestBuild: LONGEST_BUILD });
}
