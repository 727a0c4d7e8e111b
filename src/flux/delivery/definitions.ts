import { ApiObject } from 'cdk8s';
import { groupsOfChart } from './known-charts';
import { LayerObject, Layers } from './layer';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';

export const FLUX_DEFINITIONS = defineRule({
  id: 'FLUX-DEFINITIONS',
  level: RuleLevel.ERROR,
  statement: 'A custom resource is applied after the Helm release that brings its definition or the webhook that judges it, and not before its definition.',
  source: 'kustomize-controller tries all objects of a Kustomization before it applies one of them: https://github.com/fluxcd/kustomize-controller/issues/601, '
    + 'https://github.com/fluxcd/flux2/issues/1806. What stands in one directory can never be applied then.',
});

/** What brings the definitions, or the judge, of the custom resources of some API groups. */
interface Provider {
  readonly layer: string;
  readonly object: ApiObject;
  readonly groups: string[];
  /** Whether custom resources may stand in the same layer: Flux applies definitions before all else. */
  readonly mayShareLayer: boolean;
  readonly words: string;
}

/** Custom resources that stand where Flux could never apply them. */
export function findDefinitionMistakes(objects: LayerObject[], layers: Layers): Mistake[] {
  const providers = objects.flatMap((placed) => providerOf(placed, objects));
  const byGroup = new Map<string, Provider[]>();
  for (const provider of providers) for (const group of provider.groups) byGroup.set(group, [...byGroup.get(group) ?? [], provider]);
  const found: Mistake[] = [];
  // Once for each layer and provider, not for each of a thousand streams.
  const judged = new Set<string>();
  for (const { layer, object } of objects) {
    for (const provider of byGroup.get(object.apiGroup) ?? []) {
      const pair = `${layer} ${provider.object.node.path}`;
      if (judged.has(pair)) continue;
      judged.add(pair);
      found.push(...misplaced(layer, object, provider, layers));
    }
  }
  return found;
}

function misplaced(layer: string, object: ApiObject, provider: Provider, layers: Layers): Mistake[] {
  if (layer === provider.layer ? provider.mayShareLayer : layers.readyFor(layer).has(provider.layer)) return [];
  const what = `${object.kind} '${object.name}' stands in the layer '${layer}'`;
  if (layer === provider.layer) {
    return [{
      what: `${what} together with ${provider.words}, so that Flux can apply neither`,
      allowed: 'a layer that depends on it',
      fix: `move ${provider.object.node.path} to a chart of its own that comes before`,
    }];
  }
  return [{
    what: `${what}, which does not wait for the layer '${provider.layer}' with ${provider.words}`,
    fix: `add '${provider.layer}' to what '${layer}' depends on`,
  }];
}

function providerOf(placed: LayerObject, objects: LayerObject[]): Provider[] {
  const { layer, object } = placed;
  switch (object.kind) {
    case 'CustomResourceDefinition': {
      const { spec } = placed.manifest;
      return [{ layer, object, groups: [spec.group], mayShareLayer: true, words: `the definition of ${spec.names.kind}` }];
    }
    case 'HelmRelease': {
      const groups = groupsOfChart(chartOf(placed, objects));
      return groups.length === 0 ? [] : [{ layer, object, groups, mayShareLayer: false, words: `the HelmRelease '${object.name}' that brings its definition` }];
    }
    case 'MutatingWebhookConfiguration':
    case 'ValidatingWebhookConfiguration': {
      const { webhooks = [] }: { webhooks?: Webhook[] } = placed.manifest;
      const judging = webhooks.filter(({ failurePolicy = 'Fail' }) => failurePolicy === 'Fail');
      const groups = judging.flatMap(({ rules = [] }) => rules.flatMap(({ apiGroups = [] }) => apiGroups));
      return [{ layer, object, groups: [...new Set(groups)], mayShareLayer: false, words: `the webhook '${object.name}' that judges it` }];
    }
    default:
      return [];
  }
}

interface Webhook {
  readonly failurePolicy?: string;
  readonly rules?: { readonly apiGroups?: string[] }[];
}

/** The name or address of the chart of a HelmRelease; empty if it is nowhere in the app. */
function chartOf({ manifest: { spec = {}, metadata } }: LayerObject, objects: LayerObject[]): string {
  if (spec.chart) return spec.chart.spec?.chart ?? '';
  const { kind, name, namespace = metadata.namespace } = spec.chartRef ?? {};
  const source = objects.find(({ object }) => object.kind === kind && object.name === name && object.metadata.namespace === namespace);
  return source?.manifest.spec?.url ?? '';
}
