import * as fs from 'fs';
import * as path from 'path';
import { production } from '../../src/environments';

/** In what a program is written, and how it is run. */
export interface Language {
  /** Where src/ and imports/ are in this language. */
  readonly root: string;
  readonly extension: string;
  /** Of Node. */
  readonly options: string[];
  /** The line that loads a module. */
  readonly load: (names: string, module: string) => string;
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The L1s of Kubernetes itself, as `cdk8s import k8s` writes them; nothing else of cdk8s-plus is loaded. */
const KUBERNETES_L1S = 'cdk8s-plus-28/lib/imports/k8s';

/** How many objects the production environment has. */
export function objectCount(): number {
  return manifests().flat().length;
}

/** The program that writes the production environment with this library. */
export function textWithThisLibrary({ load, root }: Language): string {
  return [load('{ production }', path.join(root, 'src/environments')), 'production().synth();', ''].join('\n');
}

/** The program that writes the same objects with nothing but cdk8s. */
export function plainText(language: Language): string {
  return programText(language, [], (manifest) => literal(manifest));
}

/** The program that writes them with the L1s of their kinds, as `cdk8s import` makes them. */
export function textWithL1s(language: Language): string {
  const modules = [...new Set(manifests().flat().map((manifest) => l1Module(manifest, language)))];
  const l1 = (manifest: Manifest) => {
    const module = l1Module(manifest, language);
    return `l1s${modules.indexOf(module)}.${module === KUBERNETES_L1S ? 'Kube' : ''}${manifest.kind}`;
  };
  const loads = modules.map((module, index) => language.load(`* as l1s${index}`, module));
  return programText(language, loads, (manifest) => `{ ...${l1(manifest)}.GVK, ...${literal({ ...manifest, apiVersion: undefined, kind: undefined })} }`);
}

function l1Module({ apiVersion }: Manifest, { root }: Language): string {
  const module = path.join(root, 'imports', apiVersion.split('/')[0]);
  return fs.existsSync(`${module}.ts`) || fs.existsSync(`${module}.js`) ? module : KUBERNETES_L1S;
}

function programText({ load }: Language, loads: string[], props: (manifest: Manifest) => string): string {
  const charts = manifests().flatMap((objects, chart) => [
    `const chart${chart} = new Chart(app, 'chart${chart}');`,
    ...objects.map((manifest, index) => `new ApiObject(chart${chart}, 'object${index}', ${props(manifest)});`),
  ]);
  return [load('{ ApiObject, App, Chart }', 'cdk8s'), ...loads, 'const app = new App();', ...charts, 'app.synth();', ''].join('\n');
}

function literal(value: object): string {
  return JSON.stringify(value, undefined, 2);
}

function manifests(): Manifest[][] {
  return production().charts.map((chart) => chart.toJson());
}
