import { IConstruct } from 'constructs';
import { FluxObject } from './flux-object';
import { checkReference, reference, RenderedReference } from './flux-reference';
import { checkFeatures, FluxVersion } from './flux-version';
import { foundOnce } from '../core/found-once';
import { defineRule, RuleLevel } from '../core/rule';
import { checkTogetherAtSynth, PlacedMistake } from '../core/rules';

export const FLUX_DEPENDENCY = defineRule({
  id: 'FLUX-DEPENDENCY',
  level: RuleLevel.ERROR,
  statement: 'What an object of Flux waits for is named once, and does not wait for it in turn.',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies: circular ones never become ready',
});

/** When another object counts as ready. */
export interface FluxDependencyOptions {
  /**
   * An expression of CEL over `dep`, the other object, and `self`, for Flux 2.7 and newer. It takes the place of Flux's own check, that the other is
   * ready and has applied the same revision. An empty one throws.
   * @default - Flux's own check
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#dependency-ready-expression
   */
  readonly readyExpression?: string;
}

interface RenderedDependency extends RenderedReference {
  readonly readyExpr?: string;
}

const WRONG_KIND: { [kind: string]: string } = {
  Kustomization: 'depend on the Kustomization that applies it, which with wait: true is ready when all is that it applies',
  HelmRelease: 'let the Kustomization that applies this depend on the other',
};

/** What an object waits for: others of its kind. */
export class Dependencies {
  private readonly all: { readonly on: FluxObject; readonly readyExpression?: string }[] = [];
  private readonly app: DependenciesOfApp;

  constructor(private readonly object: FluxObject, others: FluxObject[] = []) {
    this.app = ofApp(object);
    for (const other of others) this.add(other);
    this.app.add(this);
  }

  public add(other: FluxObject, { readyExpression }: FluxDependencyOptions = {}): void {
    const { object, all } = this;
    checkReference(object, 'dependsOn', other, [object.kind], WRONG_KIND[object.kind]);
    checkFeatures(object, [['readyExpression', FluxVersion.V2_7, readyExpression !== undefined]]);
    const words = `${other.kind} '${other.objectName}'`;
    if (all.some(({ on }) => idOf(on) === idOf(other))) throw FLUX_DEPENDENCY.error(object, { what: `dependsOn has ${words} twice` });
    if (readyExpression !== undefined && !readyExpression.trim()) {
      throw FLUX_DEPENDENCY.error(object, {
        what: `readyExpression for ${words} is empty`, allowed: 'an expression of CEL', fix: 'leave it out for Flux\'s own check',
      });
    }
    all.push({ on: other, readyExpression });
    this.app.changed();
  }

  public render(): RenderedDependency[] | undefined {
    const rendered = this.all.map(({ on, readyExpression }) => ({ ...reference(this.object, on), readyExpr: readyExpression }));
    return rendered.length === 0 ? undefined : rendered;
  }

  public get of(): FluxObject {
    return this.object;
  }

  public get on(): FluxObject[] {
    return this.all.map(({ on }) => on);
  }
}

function idOf({ kind, namespace, objectName }: FluxObject): string {
  return `${kind} ${namespace}/${objectName}`;
}

/** All that waits in an app, looked through for circles once. */
class DependenciesOfApp {
  private readonly all: Dependencies[] = [];
  public readonly circles = foundOnce(() => this.revision, () => this.findCircles());
  private revision = 0;

  public add(dependencies: Dependencies): void {
    this.all.push(dependencies);
    this.changed();
  }

  public changed(): void {
    this.revision += 1;
  }

  /** Each circle once, at the object of it that was described first. */
  private findCircles(): PlacedMistake[] {
    const byId = new Map(this.all.map((dependencies) => [idOf(dependencies.of), dependencies]));
    const found: PlacedMistake[] = [];
    const done = new Set<string>();
    /** The way to what is visited, in its order. */
    const way = new Set<string>();
    const visit = (id: string) => {
      if (way.has(id)) found.push(circle(byId, [...way].slice([...way].indexOf(id))));
      if (done.has(id) || way.has(id)) return;
      way.add(id);
      for (const other of byId.get(id)?.on ?? []) visit(idOf(other));
      way.delete(id);
      done.add(id);
    };
    for (const id of byId.keys()) visit(id);
    return found;
  }
}

function circle(byId: Map<string, Dependencies>, ids: string[]): PlacedMistake {
  const [first, ...others] = ids.map((id) => byId.get(id)!.of);
  const names = [first, ...others, first].map(({ objectName }) => objectName).join(' -> ');
  return { construct: first, mistake: { what: `dependsOn goes round: ${names}, so that none of them is ever applied`, fix: 'remove one of these dependencies' } };
}

const apps = new WeakMap<IConstruct, DependenciesOfApp>();

function ofApp({ node: { root } }: FluxObject): DependenciesOfApp {
  const known = apps.get(root);
  if (known) return known;
  const created = new DependenciesOfApp();
  apps.set(root, created);
  checkTogetherAtSynth(root as FluxObject, FLUX_DEPENDENCY, created.circles);
  return created;
}
