import { join } from 'path';
import { go } from '../../server/harness/go';
import { goBinary } from '../../server/harness/go-binary';

const MODULES = join(__dirname, '../../../tools/cluster');
const KUBERNETES = '1.36.3';

/** The API server takes a quarter of an hour where nothing of it has been built yet, more beside other work. */
const LONGEST_BUILD = 60 * 60_000;

/** The path of kube-apiserver. */
export function kubeApiServer(): string {
  return kubernetes('kube-apiserver');
}

/** The path of the control loops of Kubernetes' own kinds. */
export function kubeControllerManager(): string {
  return kubernetes('kube-controller-manager');
}

/** The path of kube-scheduler. */
export function kubeScheduler(): string {
  return kubernetes('kube-scheduler');
}

/** What is built from a Go module knows no version unless it is told. */
function kubernetes(name: string): string {
  const [major, minor] = KUBERNETES.split('.');
  const version = { gitVersion: `v${KUBERNETES}`, gitMajor: major, gitMinor: minor };
  return goBinary({
    name,
    version: KUBERNETES,
    module: join(MODULES, 'control-plane'),
    goPackage: `k8s.io/kubernetes/cmd/${name}`,
    linkerFlags: Object.entries(version).map(([variable, value]) => `-X k8s.io/component-base/version.${variable}=${value}`),
    longestBuild: LONGEST_BUILD,
  });
}

/** The path of kwok, which plays the kubelets of nodes that are not there. */
export function kwok(): string {
  return goBinary({ name: 'kwok', version: '0.8.0', module: join(MODULES, 'kwok'), goPackage: 'sigs.k8s.io/kwok/cmd/kwok', longestBuild: LONGEST_BUILD });
}

/** The folder of kwok's own files. */
export function kwokFiles(): string {
  return JSON.parse(go(['mod', 'download', '-C', join(MODULES, 'kwok'), '-json', 'sigs.k8s.io/kwok'])).Dir;
}

/** The path of cert-manager's control loops for self-signed and CA issuers. */
export function certManager(): string {
  return goBinary({ name: 'cert-manager', version: '1.21.2', module: join(MODULES, 'cert-manager'), goPackage: './controller', longestBuild: LONGEST_BUILD });
}

/** The path of etcd. */
export function etcd(): string {
  return goBinary({ name: 'etcd', version: '3.6.8', module: join(MODULES, 'control-plane'), goPackage: 'go.etcd.io/etcd/server/v3' });
}

/** The path of NACK. Its metrics are at a port that no flag changes; here several run beside each other, each at a free one. */
export function jetStreamController(): string {
  return goBinary({
    name: 'jetstream-controller',
    version: '0.23.0',
    module: join(MODULES, 'nack'),
    goPackage: 'github.com/nats-io/nack/cmd/jetstream-controller',
    linkerFlags: ['-X sigs.k8s.io/controller-runtime/pkg/metrics/server.DefaultBindAddress=127.0.0.1:0'],
  });
}

/** The path of the controller of Flux that sends alerts. */
export function notificationController(): string {
  return fluxController('notification', '1.9.3');
}

/** The path of the controller of Flux that applies what a source holds. */
export function kustomizeController(): string {
  return fluxController('kustomize', '1.9.4');
}

/** The path of the controller of Flux that fetches sources. */
export function sourceController(): string {
  return fluxController('source', '1.9.1');
}

/** The path of the program that builds what a Kustomization of Flux applies. */
export function layerBuild(): string {
  return goBinary({ name: 'layer-build', version: '1.9.4', module: join(MODULES, 'flux'), goPackage: './layer-build' });
}

/** The path of the program that says how healthy objects are to Flux. */
export function healthStatus(): string {
  return goBinary({ name: 'health-status', version: '1.9.4', module: join(MODULES, 'flux'), goPackage: './health-status' });
}

/** The path of the program that says which texts are ranges of versions to Flux and Helm. */
export function versionRanges(): string {
  return goBinary({ name: 'version-ranges', version: '1.9.4', module: join(MODULES, 'flux'), goPackage: './version-ranges' });
}

function fluxController(name: string, version: string): string {
  return goBinary({
    name: `${name}-controller`, version, module: join(MODULES, 'flux'), goPackage: `github.com/fluxcd/${name}-controller`, longestBuild: LONGEST_BUILD,
  });
}
