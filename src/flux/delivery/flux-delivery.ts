import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { findDefinitionMistakes, FLUX_DEFINITIONS } from './definitions';
import { findForced, FLUX_FORCED_DATA } from './forced';
import { knownHealth } from './health';
import { layerIdsOf, LayerObject, Layers, objectsOfLayers } from './layer';
import { FluxLayerOptions } from './layer-options';
import { findMissingNamespaces, findScopeMistakes, FLUX_NAMESPACE_MISSING, FLUX_NAMESPACE_SCOPE } from './namespaces';
import { findPathMistakes, FLUX_DELIVERED_PATH, normalizedPath } from './paths';
import { protectFromPruning } from './pruning';
import { FLUX_SUBSTITUTION_MIXED, protectFromSubstitution } from './substitution';
import { Mistake } from '../../core/mistake';
import { outermostChart } from '../../core/output/layer';
import { defineRule, Rule, RuleLevel } from '../../core/rule';
import { nearestNames } from '../../core/schema/nearest-names';
import { amongObjects } from '../app-objects';
import { FluxKustomization } from '../kustomize/flux-kustomization';
import { checkDirectory } from '../path';
import { FluxSource } from '../source/flux-source';

export const FLUX_LAYER = defineRule({
  id: 'FLUX-LAYER',
  level: RuleLevel.ERROR,
  statement: 'A layer that another depends on is one of the delivery.',
  source: 'A Kustomization that depends on one which does not exist is never applied, and no error is reported.',
});

export const FLUX_LAYER_UNDELIVERED = defineRule({
  id: 'FLUX-LAYER-UNDELIVERED',
  level: RuleLevel.ERROR,
  statement: 'Each layer of an app with a FluxDelivery is delivered.',
  source: 'A directory that no Kustomization points at is never applied.',
});

/** How an app is delivered, wherever Flux gets it. */
export interface FluxDeliveryOptions {
  /** Where the directories of the layers are in the source, such as `./dist/production`. A path with `..` or a leading `/` throws. */
  readonly path: string;
  /**
   * How each layer is applied, unless `layers` says otherwise. With `dependsOn` it throws.
   * @default - as `FluxLayerOptions` says
   */
  readonly defaults?: FluxLayerOptions;
  /**
   * How single layers are applied, by their id. One that the app does not have throws.
   * @default - as `defaults` says
   */
  readonly layers?: { [layer: string]: FluxLayerOptions };
  /**
   * Beginning of the names of the Kustomizations: `<name>-<layer>`.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Namespaces that exist already, or that something else makes, besides those of each cluster and `flux-system`.
   * @default - none
   */
  readonly existingNamespaces?: string[];
}

/** How an app is delivered. */
export interface FluxDeliveryProps extends FluxDeliveryOptions {
  /** Where Flux gets what the synth has written: a GitRepository, an OCIRepository or a Bucket. */
  readonly source: FluxSource;
}

/**
 * The delivery of an app by Flux: a Kustomization for each layer, which is all objects in charts of one id, in the order in which they work.
 *
 * It stands in a chart of its own, whose directory a cluster's Kustomization points at, and delivers all other charts that the app has by then; `addLayer` delivers
 * one that comes later. Flux waits until a layer is ready, custom resources of cert-manager, NACK and Helm included, before it applies the next one.
 *
 * What Flux could never apply fails the synth: a custom resource beside the release that brings its definition, objects without a namespace or in one that nobody
 * makes, layers that wait for each other. Objects with `${` or `$$` are marked so that Flux does not take that for a variable, and what holds data is
 * marked so that Flux never deletes it.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export class FluxDelivery extends Construct {
  private readonly layers = new Layers();
  private readonly kustomizations = new Map<string, FluxKustomization>();
  private readonly knownHealth = amongObjects(this.node.root, knownHealth);
  /** The last layer of those that follow each other. */
  private last?: string;

  constructor(scope: Construct, id: string, private readonly props: FluxDeliveryProps) {
    super(scope, id);
    checkDirectory(this, 'path', props.path);
    if (props.defaults?.dependsOn) throw FLUX_LAYER.error(this, { what: 'defaults has dependsOn', allowed: 'dependsOn of single layers', fix: 'give it in layers' });
    const { layers = {} } = props;
    const ids = layerIdsOf(this.node.root).filter((layer) => layer !== this.ownLayer);
    for (const layer of Object.keys(layers)) this.checkLayer('layers', layer, ids);
    for (const layer of ids) this.deliver(layer, layers[layer] ?? {}, ids);
    for (const layer of ids) this.connect(layer);
    this.node.addValidation({ validate: () => this.findings() });
  }

  /** The Kustomization of a layer. One that is not delivered throws. */
  public kustomization(layer: string): FluxKustomization {
    this.checkLayer('layer', layer, [...this.kustomizations.keys()]);
    return this.kustomizations.get(layer)!;
  }

  /**
   * Delivers a chart that was added to the app later. A layer that is delivered already, and a chart inside another, throw.
   *
   * @param chart the chart
   * @param options how it is applied; by default it waits for the layers before
   */
  public addLayer(chart: Chart, options: FluxLayerOptions = {}): FluxKustomization {
    const { id } = chart.node;
    const outermost = outermostChart(chart);
    if (outermost !== chart || this.kustomizations.has(id)) {
      const why = outermost === chart ? 'is delivered already' : `stands inside ${outermost.node.path}, with whose objects its own are written`;
      throw FLUX_LAYER.error(this, { what: `the layer '${id}' ${why}`, allowed: 'an outermost chart that was made after the FluxDelivery' });
    }
    this.deliver(id, options, [...this.kustomizations.keys()]);
    this.connect(id);
    return this.kustomization(id);
  }

  /** Of the chart that the delivery stands in. */
  private get ownLayer(): string {
    return outermostChart(this).node.id;
  }

  private deliver(layer: string, given: FluxLayerOptions, known: string[]): void {
    const { dependsOn, variables, ...options }: FluxLayerOptions = { ...this.props.defaults, ...given };
    for (const other of dependsOn ?? []) this.checkLayer(`layers.${layer}.dependsOn`, other, known);
    this.layers.add({
      id: layer,
      dependsOn: dependsOn ?? (this.last === undefined ? [] : [this.last]),
      variables: new Set([...Object.keys(options.substitution?.variables ?? {}), ...variables ?? []]),
    });
    if (!dependsOn) this.last = layer;
    const { name = this.node.id, source, path } = this.props;
    const kustomization = new FluxKustomization(this, layer, {
      timeout: Duration.minutes(15), ...options, name: `${name}-${layer}`, source, path: `./${normalizedPath(path)}/${layer}`,
    });
    kustomization._setKnownHealth(() => this.knownHealth().get(layer) ?? []);
    this.kustomizations.set(layer, kustomization);
  }

  private connect(layer: string): void {
    for (const other of this.layers.get(layer)!.dependsOn) this.kustomizations.get(layer)!.addDependency(this.kustomizations.get(other)!);
  }

  private checkLayer(prop: string, layer: string, known: string[]): void {
    if (known.includes(layer)) return;
    const [nearest] = nearestNames(layer, known);
    throw FLUX_LAYER.error(this, {
      what: `${prop} has '${layer}', which is no layer of the app`, allowed: known.join(', ') || 'none', fix: nearest && `did you mean '${nearest}'?`,
    });
  }

  /** Looks at all objects of the app at once, when all are described; marks those that need it. */
  private findings(): string[] {
    const all = objectsOfLayers(this.node.root);
    const objects = all.filter(({ layer }) => this.kustomizations.has(layer));
    objects.forEach(protectFromPruning);
    const { existingNamespaces = [], path, source: { kind, objectName, namespace } } = this.props;
    const found: [Rule, Mistake[]][] = [
      [FLUX_LAYER_UNDELIVERED, this.undelivered(all)],
      [FLUX_DEFINITIONS, findDefinitionMistakes(objects, this.layers)],
      [FLUX_NAMESPACE_SCOPE, findScopeMistakes(objects)],
      [FLUX_NAMESPACE_MISSING, findMissingNamespaces(objects, this.layers, existingNamespaces)],
      [FLUX_FORCED_DATA, findForced(objects, (layer) => this.kustomizations.get(layer)!.apiObject.toJson().spec.force === true)],
      [FLUX_DELIVERED_PATH, findPathMistakes(all, {
        path, layers: [...this.kustomizations.keys(), this.ownLayer], source: { kind, name: objectName, namespace },
      })],
      [FLUX_SUBSTITUTION_MIXED, objects.flatMap((object) => protectFromSubstitution(object, this.layers.get(object.layer)!.variables))],
    ];
    return found.flatMap(([rule, mistakes]) => mistakes.map((mistake) => rule.text(mistake)));
  }

  private undelivered(objects: LayerObject[]): Mistake[] {
    const layers = new Set(objects.map(({ layer }) => layer).filter((layer) => layer !== this.ownLayer && !this.kustomizations.has(layer)));
    return [...layers].map((layer) => ({
      what: `the layer '${layer}' was made after the FluxDelivery and is not delivered`, fix: 'call addLayer with its chart, or make the FluxDelivery last',
    }));
  }
}
