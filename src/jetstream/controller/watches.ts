import { Construct, IConstruct } from 'constructs';
import { CONTROLLER_MISSING, CONTROLLER_NAMESPACE, CONTROLLER_TWICE } from './controller-rules';
import { Mistake } from '../../core/mistake';
import { checkAtSynth } from '../../core/rules';
import { NatsClusterBase } from '../../nats/nats-cluster-base';
import { NatsPeer } from '../../nats/network/nats-peer';
import { NatsListener } from '../../nats/network/ports';

/** The namespaces in which a controller makes what custom resources describe; absent are all. */
export type WatchedNamespaces = readonly string[] | undefined;

/** The custom resources of one namespace, as far as their controller cares. */
interface Resources {
  readonly firstPath: string;
  count: number;
  readSecrets: boolean;
}

/** The pod of a controller, and the cluster to which it connects whether or not it has something to make. */
export interface ControllerConnection {
  readonly pod: NatsPeer;
  readonly cluster: NatsClusterBase;
}

/** A controller, and the clusters that let it in. */
interface Controller {
  readonly path: string;
  readonly namespaces: WatchedNamespaces;
  /** Absent for one that is there already, whom somebody else lets in. */
  readonly pod?: NatsPeer;
  readonly admittedBy: Set<NatsClusterBase>;
}

/** What an app's controllers watch, and what there is for them to make. Both are few numbers, however many resources there are. */
interface Watches {
  readonly controllers: Controller[];
  readonly resources: Map<string | undefined, Resources>;
  /** The clusters to which the Accounts of each namespace lead. */
  readonly clusters: Map<string | undefined, Set<NatsClusterBase>>;
}

const watchesOfApps = new WeakMap<IConstruct, Watches>();

/** Remembers a controller, or one that is there already. Its cluster, and those to which Accounts in its namespaces lead, let its pod in. */
export function addController(scope: Construct, namespaces: WatchedNamespaces, connection?: ControllerConnection): void {
  const { controllers, clusters } = watchesOf(scope);
  const controller: Controller = { path: scope.node.path || 'the app', namespaces, pod: connection?.pod, admittedBy: new Set() };
  controllers.push(controller);
  if (connection) admit(controller, connection.cluster);
  for (const [namespace, dialed] of clusters) {
    if (covers(namespaces, namespace)) dialed.forEach((cluster) => admit(controller, cluster));
  }
}

/** Remembers that an Account of a namespace leads to a cluster, which then lets the controllers of this namespace in. */
export function addDialedCluster(scope: Construct, cluster: NatsClusterBase, namespace: string | undefined): void {
  const { controllers, clusters } = watchesOf(scope);
  clusters.set(namespace, (clusters.get(namespace) ?? new Set()).add(cluster));
  for (const controller of controllers) if (covers(controller.namespaces, namespace)) admit(controller, cluster);
}

function admit({ pod, admittedBy }: Controller, cluster: NatsClusterBase): void {
  if (!pod || admittedBy.has(cluster)) return;
  admittedBy.add(cluster);
  cluster._admit(NatsListener.CLIENT, pod);
}

/** Remembers a custom resource that a controller has to make; `readsSecrets` says that it names a Secret, which the controller must then be allowed to read. */
export function addWatchedResource(scope: Construct, namespace: string | undefined, { readsSecrets = false }: { readsSecrets?: boolean } = {}): void {
  const { resources } = watchesOf(scope);
  const others = resources.get(namespace);
  if (!others) {
    resources.set(namespace, { firstPath: scope.node.path, count: 1, readSecrets: readsSecrets });
    return;
  }
  others.count++;
  others.readSecrets ||= readsSecrets;
}

/** Whether a resource in these namespaces names a Secret. */
export function anyReadsSecrets(scope: Construct, namespaces: WatchedNamespaces): boolean {
  return [...watchesOf(scope).resources].some(([namespace, { readSecrets }]) => readSecrets && covers(namespaces, namespace));
}

function watchesOf(scope: Construct): Watches {
  const app = scope.node.root as Construct;
  const known = watchesOfApps.get(app);
  if (known) return known;
  const watches: Watches = { controllers: [], resources: new Map(), clusters: new Map() };
  watchesOfApps.set(app, watches);
  checkAtSynth(app, CONTROLLER_MISSING, () => missingController(watches));
  checkAtSynth(app, CONTROLLER_NAMESPACE, () => unwatchedNamespaces(watches));
  checkAtSynth(app, CONTROLLER_TWICE, () => sharedNamespaces(watches));
  return watches;
}

function covers(namespaces: WatchedNamespaces, namespace: string | undefined): boolean {
  return !namespaces || (namespace !== undefined && namespaces.includes(namespace));
}

function missingController({ controllers, resources }: Watches): Mistake[] {
  if (controllers.length > 0 || resources.size === 0) return [];
  const all = [...resources.values()];
  return [{
    what: `no controller makes the custom resource${andOthers(all.reduce((sum, { count }) => sum + count, 0))} ${all[0].firstPath}`,
    fix: 'make a JetStreamController, or declare the one that is there with JetStreamController.external(app)',
  }];
}

function unwatchedNamespaces({ controllers, resources }: Watches): Mistake[] {
  if (controllers.length === 0) return [];
  const unwatched = [...resources].filter(([namespace]) => !controllers.some(({ namespaces }) => covers(namespaces, namespace)));
  const watched = controllers.flatMap(({ path, namespaces }) => (namespaces ?? []).map((namespace) => `${words(namespace)} (${path})`));
  return unwatched.map(([namespace, { count, firstPath }]) => ({
    what: `no controller watches ${words(namespace)}, which has the custom resource${andOthers(count)} ${firstPath}`,
    allowed: watched.sort().join(', '),
    fix: 'move it there, or make a JetStreamController with this watchNamespace',
  }));
}

function sharedNamespaces({ controllers }: Watches): Mistake[] {
  const everywhere = controllers.find(({ namespaces }) => !namespaces);
  const allowed = 'one controller for each namespace';
  if (everywhere && controllers.length > 1) {
    const beside = controllers.filter((controller) => controller !== everywhere).map(({ path }) => path).sort();
    return [{ what: `${everywhere.path} watches all namespaces, and beside it there is ${beside.join(', ')}`, allowed, fix: 'leave one out, or give it a watchNamespace' }];
  }
  const watchers = new Map<string, string[]>();
  for (const { path, namespaces = [] } of controllers) {
    for (const namespace of namespaces) watchers.set(namespace, [...watchers.get(namespace) ?? [], path]);
  }
  return [...watchers].filter(([, paths]) => paths.length > 1).map(([namespace, paths]) => ({
    what: `${words(namespace)} is watched ${paths.length} times: by ${paths.sort().join(', ')}`, allowed, fix: 'leave one out, or give it another watchNamespace',
  }));
}

function words(namespace: string | undefined): string {
  return namespace === undefined ? 'the default namespace' : `namespace '${namespace}'`;
}

function andOthers(count: number): string {
  return count === 1 ? '' : `s, ${count} in all, such as`;
}
