import { ApiObject, App, Chart, Yaml } from 'cdk8s';
import { outermostChart } from './layer';
import { secretsDocument } from './secrets-document';
import { RequiredSecrets } from '../required-secrets';

/** The files of one environment, by their path below `dist/`. */
export interface EnvironmentFiles {
  readonly environment: string;
  readonly files: Map<string, string>;
  /** How many objects each layer that has any has, in the order of its charts. */
  readonly objectsByLayer: Map<string, number>;
}

/** What an app becomes: `<environment>/<layer>/<Kind>.<name>.k8s.yaml` for each object, where a layer is a chart's id, and SECRETS.md; a README.md in a layer without objects. */
export function layOut(environment: string, app: App): EnvironmentFiles {
  const files = new Map<string, string>();
  const objectsByLayer = new Map<string, number>();
  for (const [layer, objects] of objectsOfLayers(app)) {
    if (objects.length === 0) {
      files.set(`${environment}/${layer}/README.md`, EMPTY);
      continue;
    }
    objectsByLayer.set(layer, objects.length);
    const names = fileNames(objects);
    objects.forEach((object, index) => files.set(`${environment}/${layer}/${names[index]}.k8s.yaml`, Yaml.stringify(object.toJson())));
  }
  files.set(`${environment}/SECRETS.md`, secretsDocument(environment, RequiredSecrets.of(app)));
  return { environment, files, objectsByLayer };
}

/** All findings of an app's validations, as cdk8s itself words them. */
export function findingsOf(app: App): string[] {
  return app.node.findAll().flatMap(({ node }) => node.validate().map((finding) => `[${node.path}] ${finding}`));
}

/** Keeps the folder of a layer that has no objects yet, or no more: Git keeps no empty folders, and a GitOps tool fails where the one it looks at is missing. */
const EMPTY = 'Nothing is described in this layer.\n';

function objectsOfLayers(app: App): Map<string, ApiObject[]> {
  const layers = new Map<string, ApiObject[]>();
  for (const construct of app.node.findAll()) {
    const isObject = ApiObject.isApiObject(construct);
    if (!isObject && !Chart.isChart(construct)) continue;
    const layer = outermostChart(construct).node.id;
    const objects = layers.get(layer) ?? [];
    if (isObject) objects.push(construct);
    layers.set(layer, objects);
  }
  return layers;
}

/** `Kind.name`, with as much of namespace and group before the name as it takes to tell objects apart. */
function fileNames(objects: ApiObject[]): string[] {
  const candidates = objects.map((object) => {
    const { kind, name, apiGroup, metadata: { namespace = 'default' } } = object;
    return [[kind, name], [kind, namespace, name], [kind, apiGroup, namespace, name]].map((parts) => parts.join('.').replace(/[^0-9a-zA-Z-_.]/g, ''));
  });
  const uses = new Map<string, number>();
  for (const name of candidates.flatMap((names) => [...new Set(names)])) uses.set(name, (uses.get(name) ?? 0) + 1);
  return candidates.map((names) => names.find((name) => uses.get(name) === 1) ?? names[names.length - 1]);
}
