import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { outermostChart } from '../../core/output/layer';

/** What is delivered together: all objects of the outermost charts with this id, which stand in one directory. */
export interface Layer {
  readonly id: string;
  /** Ids of the layers that must be ready before. */
  readonly dependsOn: string[];
  /** Names of the variables that Flux puts into its objects. */
  readonly variables: ReadonlySet<string>;
}

/** The layers of a delivery, with the questions that its rules ask. */
export class Layers {
  private readonly byId = new Map<string, Layer>();

  public get(id: string): Layer | undefined {
    return this.byId.get(id);
  }

  public add(layer: Layer): void {
    this.byId.set(layer.id, layer);
  }

  /** The ids of a layer and of all that are ready before it. */
  public readyFor(id: string, found = new Set<string>()): Set<string> {
    if (found.has(id)) return found;
    found.add(id);
    for (const before of this.byId.get(id)?.dependsOn ?? []) this.readyFor(before, found);
    return found;
  }
}

/** An object in its layer. */
export class LayerObject {
  private rendered?: Manifest;

  constructor(public readonly layer: string, public readonly object: ApiObject) {}

  /** The object as it is written; rendered once, because several rules read it. */
  public get manifest(): Manifest {
    this.rendered ??= this.object.toJson() as Manifest;
    return this.rendered;
  }
}

/** A manifest whose fields nobody has checked yet. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Manifest = any;

/** All objects of an app with their layers. */
export function objectsOfLayers(app: IConstruct): LayerObject[] {
  return app.node.findAll().filter(ApiObject.isApiObject).map((object) => new LayerObject(outermostChart(object).node.id, object));
}

/** The layers of an app, in the order of its charts. */
export function layerIdsOf(app: IConstruct): string[] {
  const outermost = app.node.findAll().filter((construct): construct is Chart => Chart.isChart(construct) && outermostChart(construct) === construct);
  return [...new Set(outermost.map(({ node }) => node.id))];
}
