import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { crdsOfGroup } from './crd-catalog';
import { invalid } from '../mistake';
import { defineRule, RuleLevel } from '../rule';
import { SchemaFinding, schemaFindings } from './schema-findings';

export const SCHEMA_MISMATCH = defineRule({
  id: 'SCHEMA-MISMATCH',
  level: RuleLevel.ERROR,
  statement: 'A custom resource whose schema is known has only fields and values that the API server keeps, unless SchemaCheck.allow says why.',
  source: 'The CRDs of the pinned versions in imports/, as the API server reads them: '
    + 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema',
});

export const SCHEMA_ALLOW_STALE = defineRule({
  id: 'SCHEMA-ALLOW-STALE',
  level: RuleLevel.ERROR,
  statement: 'Each SchemaCheck.allow lets something through.',
  source: 'One that lets nothing through would hide the next mistake in its field.',
});

const ALLOWED = 'cdk8s-nats:schema-allowed';

interface Allowance {
  readonly path: string;
  readonly reason: string;
}

/**
 * Checks the custom resources of an app, whoever makes them, against the schemas of their CRDs: Flux, cert-manager, NACK, the nats-operator,
 * and the Prometheus operator's monitors and rules, in the versions of imports/README.md.
 *
 * A field that the API server would drop without a word, a value that it would refuse, a required field that is missing, and a version that
 * it does not serve fail the synth. What JSON patches did is seen; what a controller refuses later, or a CEL rule of a CRD, is not.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning
 */
export class SchemaCheck {
  /**
   * Checks all custom resources of the app that a construct is in. Enabling it again changes nothing.
   *
   * @param scope the app, or any construct in it
   */
  public static enable(scope: Construct): void {
    const root = scope.node.root;
    if (checked.has(root)) return;
    checked.add(root);
    root.node.addValidation({ validate: () => findings(root) });
  }

  /**
   * Lets one field of the custom resources at or below a construct be what it is, such as a field that a newer CRD in the cluster has.
   *
   * An empty path or reason throws; one that lets nothing through fails the synth.
   *
   * @param scope the construct, or one above it
   * @param path the field as the message names it, such as `spec.podMetricsEndpoints[0].interval`
   * @param reason why it is right, for the next reader
   */
  public static allow(scope: Construct, path: string, reason: string): void {
    if (!path.trim()) throw invalid(scope, { what: 'the path for SchemaCheck.allow is empty', fix: 'give the field as the message names it' });
    if (!reason.trim()) throw invalid(scope, { what: `the reason for allowing '${path}' is empty`, fix: 'say why it is right here' });
    const allowance: Allowance = { path, reason };
    scope.node.addMetadata(ALLOWED, allowance);
  }

  private constructor() {}
}

const checked = new WeakSet<IConstruct>();

function findings(root: IConstruct): string[] {
  const used = new Set<Allowance>();
  const constructs = root.node.findAll();
  const mismatches = constructs.filter(ApiObject.isApiObject).flatMap((object) => mismatchesOf(object, used));
  return [...mismatches, ...constructs.flatMap((construct) => staleAllowances(construct, used))];
}

function mismatchesOf(object: ApiObject, used: Set<Allowance>): string[] {
  return fieldFindings(object).filter(({ path }) => !isAllowed(object, path, used)).map(({ path, what, allowed, fix }) => SCHEMA_MISMATCH.text({
    what: `${object.kind} '${object.name}' at ${object.node.path}: ${path} ${what}`,
    allowed,
    fix: `${fix ?? 'correct it'} (if the cluster accepts it as it is: SchemaCheck.allow(<this construct>, '${path}', '<why>'))`,
  }));
}

function isAllowed(object: ApiObject, path: string, used: Set<Allowance>): boolean {
  const matching = object.node.scopes.flatMap(allowancesOf).filter((allowance) => allowance.path === path);
  for (const allowance of matching) used.add(allowance);
  return matching.length > 0;
}

function allowancesOf({ node }: IConstruct): Allowance[] {
  return node.metadata.filter(({ type }) => type === ALLOWED).map(({ data }) => data);
}

function staleAllowances(construct: IConstruct, used: Set<Allowance>): string[] {
  return allowancesOf(construct).filter((allowance) => !used.has(allowance)).map(({ path, reason }) => SCHEMA_ALLOW_STALE.text({
    what: `SchemaCheck.allow for '${path}' at ${construct.node.path || 'the app'} ("${reason}") lets nothing through`,
    fix: 'remove it, or correct its path',
  }));
}

/** cdk8s validates the whole app once for each chart; an object is checked again only if it has changed. */
const earlier = new WeakMap<ApiObject, { readonly text: string; readonly found: SchemaFinding[] }>();

function fieldFindings(object: ApiObject): SchemaFinding[] {
  if (!crdsOfGroup(object.apiGroup)) return [];
  const manifest = object.toJson();
  const text = JSON.stringify(manifest);
  const known = earlier.get(object);
  if (known?.text === text) return known.found;
  const found = schemaFindings(manifest);
  earlier.set(object, { text, found });
  return found;
}
