import { ApiObject } from 'cdk8s';
import { failureMessages, infoMessages } from './known-messages';
import { readGoRegexp } from '../../core/go-regexp';

/** Objects whose events an Alert sends on, as it says them. */
interface DescribedSource {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly matchLabels?: { readonly [label: string]: string };
}

/** An Alert that is at work, with whoever made it. */
export interface DescribedAlert {
  readonly object: ApiObject;
  /** Namespace and name of its provider. */
  readonly provider: string;
  readonly providerName: string;
  readonly severity: string;
  readonly sources: DescribedSource[];
  readonly inclusionList: string[];
}

/** Those of objects of Flux that are Alerts and Providers. */
export function notificationObjects(objects: ApiObject[]): ApiObject[] {
  return objects.filter(({ kind }) => ['Alert', 'Provider'].includes(kind));
}

/** Alerts that send something: neither they nor their providers are suspended. */
export function describedAlerts(objects: ApiObject[]): DescribedAlert[] {
  const providers = objects.filter(({ kind }) => kind === 'Provider');
  const suspended = new Set(providers.filter((provider) => provider.toJson().spec?.suspend).map((provider) => idOf(provider, provider.name)));
  return objects.filter(({ kind }) => kind === 'Alert').flatMap((object) => {
    const { providerRef, eventSeverity = 'info', eventSources = [], inclusionList = [], suspend } = object.toJson().spec ?? {};
    const provider = idOf(object, providerRef?.name);
    if (suspend || suspended.has(provider)) return [];
    const sources = eventSources.map((source: DescribedSource) => ({ ...source, namespace: source.namespace ?? object.metadata.namespace }));
    return [{ object, provider, providerName: providerRef?.name, severity: eventSeverity, sources, inclusionList }];
  });
}

function idOf({ metadata }: ApiObject, name: string): string {
  return `${metadata.namespace ?? ''}/${name}`;
}

/** Tells whether an object is watched by an alert that sends errors. */
export function watchedObjects(alerts: DescribedAlert[]): (object: ApiObject) => boolean {
  const watching = alerts.filter((alert) => !isGoodNews(alert)).flatMap((alert) => alert.sources);
  const sources = grouped(watching, ({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);
  return ({ kind, name, metadata }) => {
    const labels = metadata.toJson()?.labels ?? {};
    const candidates = ['*', name].flatMap((one) => sources.get(`${kind} ${metadata.namespace}/${one}`) ?? []);
    return candidates.some(({ matchLabels = {} }) => Object.entries(matchLabels).every(([label, value]) => labels[label] === value));
  };
}

/** Two alerts that send the same events to one provider, and an example of what both watch. */
interface Doubled {
  readonly first: DescribedAlert;
  readonly second: DescribedAlert;
  readonly source: DescribedSource;
}

/** Alerts that send the same events to one provider, each two once. What includes only some messages is taken to differ on purpose. */
export function messagesTwice(alerts: DescribedAlert[]): Doubled[] {
  const found = new Map<string, Doubled>();
  const unfiltered = alerts.filter(({ inclusionList }) => inclusionList.length === 0);
  const sent = unfiltered.flatMap((alert) => alert.sources.map((source) => ({ alert, source })));
  for (const same of grouped(sent, ({ alert, source }) => `${alert.provider} ${source.kind} ${source.namespace}`).values()) {
    const everything = same.filter(({ source }) => source.name === '*');
    const byName = grouped(same, ({ source }) => source.name);
    for (const [name, those] of byName) {
      for (const { alert: second, source } of those) {
        const candidates = name === '*' ? everything : [...everything, ...those];
        const other = candidates.find((one) => one.alert !== second && areCompatible(one.source.matchLabels, source.matchLabels));
        if (!other) continue;
        const pair = [other.alert, second].sort((a, b) => alerts.indexOf(a) - alerts.indexOf(b));
        const key = pair.map(({ object }) => object.node.path).join(' ');
        if (!found.has(key)) found.set(key, { first: pair[0], second: pair[1], source });
      }
    }
  }
  return [...found.values()];
}

/** Whether one object may have the labels of both. */
function areCompatible(one: DescribedSource['matchLabels'], other: DescribedSource['matchLabels']): boolean {
  return Object.entries(one ?? {}).every(([label, value]) => (other?.[label] ?? value) === value);
}

function grouped<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Whether an alert asks for what went well alone: what it includes is nothing that a failure says. */
function isGoodNews({ inclusionList }: DescribedAlert): boolean {
  const finds = (message: string) => inclusionList.some((pattern) => isFound(pattern, message));
  return infoMessages.some(finds) && !failureMessages.some(finds);
}

/** Flux skips a pattern that Go cannot read. */
function isFound(pattern: string, message: string): boolean {
  const regexp = readGoRegexp(pattern);
  return 'finds' in regexp && regexp.finds(message);
}
