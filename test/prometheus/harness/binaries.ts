import { join } from 'path';
import { go } from '../../server/harness/go';
import { goBinary } from '../../server/harness/go-binary';

const MODULES = join(__dirname, '../../../tools/monitoring');

const OPERATOR = join(MODULES, 'operator');
const OPERATOR_MODULE = 'github.com/prometheus-operator/prometheus-operator';

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

/** The path of the Prometheus operator. */
export function prometheusOperator(): string {
  return goBinary({
    name: 'operator', version: '0.93.0', module: OPERATOR, goPackage: `${OPERATOR_MODULE}/cmd/operator`, longestBuild: LONGEST_BUILD,
  });
}

/** The folder of the definitions that belong to it, of all of its kinds. */
export function operatorDefinitions(): string {
  const answer = go(['mod', 'download', '-C', OPERATOR, '-json', OPERATOR_MODULE]);
  return join(JSON.parse(answer).Dir, 'example/prometheus-operator-crd');
}

/** The path of Alertmanager, with an empty page in place of its user interface, which its module does not hold. */
export function alertmanager(): string {
  const module = 'github.com/prometheus/alertmanager';
  return goBinary({
    name: 'alertmanager',
    version: '0.33.1',
    module: OPERATOR,
    goPackage: `${module}/cmd/alertmanager`,
    embedded: { module, files: { 'ui/app/dist/index.html': '' } },
    longestBuild: LONGEST_BUILD,
  });
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
