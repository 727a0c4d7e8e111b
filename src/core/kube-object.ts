import { ApiObject, ApiObjectMetadata, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { isLabelValue, isName, nameFormOf } from './names';
import { defineRule, RuleLevel } from './rule';
import { checkAtSynth } from './rules';

export const NAME_INVALID = defineRule({
  id: 'NAME-INVALID',
  level: RuleLevel.ERROR,
  statement: 'A name or label value is one that Kubernetes accepts for its kind.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
});

export const OBJECT_DUPLICATE = defineRule({
  id: 'OBJECT-DUPLICATE',
  level: RuleLevel.ERROR,
  statement: 'No two objects of an app have the same kind, namespace and name.',
  source: 'In the cluster there is one such object: whichever is applied last would win.',
});

/** A manifest whose name is given: no name of this library holds a hash of the construct's path. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ApiObjectMetadata & { readonly name: string };
  readonly [field: string]: unknown;
}

/**
 * The one way in which constructs of this library make a Kubernetes object: a plain `ApiObject`, so that a patch of any field
 * reaches the output, in an app whose objects are checked against each other.
 */
export function kubeObject(scope: Construct, id: string, manifest: Manifest): ApiObject {
  checkObjectsOfApp(scope);
  return new ApiObject(scope, id, manifest);
}

/** An object without a namespace, whatever namespace its chart has: cdk8s would write the chart's. */
export function clusterObject(scope: Construct, id: string, manifest: Manifest): ApiObject {
  const object = kubeObject(scope, id, { ...manifest, metadata: { ...manifest.metadata, namespace: '' } });
  object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  return object;
}

const checkedApps = new WeakSet<object>();

function checkObjectsOfApp(scope: Construct): void {
  const app = Chart.of(scope).node.root;
  if (checkedApps.has(app)) return;
  checkedApps.add(app);
  checkAtSynth(app as Construct, OBJECT_DUPLICATE, () => duplicates(objectsOf(app as Construct)));
  checkAtSynth(app as Construct, NAME_INVALID, () => objectsOf(app as Construct).flatMap(invalidNames));
}

function objectsOf(app: Construct): ApiObject[] {
  return app.node.findAll().filter(ApiObject.isApiObject);
}

function duplicates(objects: ApiObject[]) {
  const byIdentity = new Map<string, ApiObject[]>();
  for (const object of objects) {
    const identity = `${object.apiGroup} ${object.kind} ${object.metadata.namespace ?? ''} ${object.name}`;
    const same = byIdentity.get(identity);
    if (same) same.push(object);
    else byIdentity.set(identity, [object]);
  }
  return [...byIdentity.values()].filter((same) => same.length > 1).map(([first, ...others]) => ({
    what: `${first.kind} '${first.name}' in ${first.metadata.namespace ? `namespace '${first.metadata.namespace}'` : 'the default namespace'} is described `
      + `${others.length + 1} times: by ${[first, ...others].map(({ node }) => node.path).join(', ')}`,
    allowed: 'one object for each kind, namespace and name',
    fix: 'give one of the constructs another name or namespace',
  }));
}

function invalidNames(object: ApiObject) {
  const form = nameFormOf(object.kind);
  return [
    ...isName(object.name, form) ? [] : [{ what: `the name '${object.name}' of ${object.kind} ${object.node.path} is invalid`, allowed: form.words }],
    ...labelsOf(object).filter(([, value]) => typeof value === 'string' && !isLabelValue(value)).map(([label, value]) => ({
      what: `the label ${label}: '${value}' of ${object.kind} ${object.node.path} is invalid`,
      allowed: 'at most 63 letters, digits, -, _ and ., beginning and ending with a letter or digit',
    })),
  ];
}

/** The labels as the metadata keeps them: to render all of it, for each of many objects, would take longer than all other checks. */
function labelsOf({ metadata }: ApiObject): [string, unknown][] {
  const { labels = metadata.toJson().labels } = metadata as unknown as { readonly labels?: object };
  return Object.entries(labels ?? {});
}
