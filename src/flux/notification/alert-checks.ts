import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { DescribedAlert, describedAlerts, messagesTwice, notificationObjects, watchedObjects } from './described-alerts';
import { eventObjects } from './event-objects';
import { FluxKind, sourceKinds } from './flux-kind';
import { defineRule, Rule, RuleLevel } from '../../core/rule';
import { checkTogetherAtSynth, PlacedMistake } from '../../core/rules';
import { amongFluxObjects } from '../app-objects';

export const UNWATCHED = defineRule({
  id: 'FLUX-UNWATCHED',
  level: RuleLevel.WARNING,
  statement: 'Each object of Flux that an app with alerts describes is watched by one of them.',
  source: 'An alert watches the namespaces that it names, and no others: https://github.com/fluxcd/notification-controller/issues/71',
});

export const ALERT_WITHOUT_SOURCES = defineRule({
  id: 'FLUX-ALERT-WITHOUT-SOURCES',
  level: RuleLevel.WARNING,
  statement: 'Where errors of Kustomizations or HelmReleases are sent, those of the kinds of sources are sent too.',
  source: 'kustomize-controller and helm-controller report nothing while their source is missing or not ready; only the source does.',
});

export const ALERT_TWICE = defineRule({
  id: 'FLUX-ALERT-TWICE',
  level: RuleLevel.WARNING,
  statement: 'No two alerts send the same events to one provider.',
  source: 'notification-controller sends an event for each alert that it matches; info has the errors too.',
});

export const FIELD_DEPRECATED = defineRule({
  id: 'FLUX-FIELD-DEPRECATED',
  level: RuleLevel.WARNING,
  statement: 'No Alert or Provider has a field that Flux 2.10 has no more.',
  source: 'The API v1 of notification-controller 1.10 lacks summary of Alert, and interval and proxy of Provider.',
});

const checked = new WeakSet<object>();

/** Checks all alerts of an app, whoever makes them, against each other and against what there is to watch. */
export function checkAlertsOfApp(scope: Construct): void {
  const root = scope.node.root as Construct;
  if (checked.has(root)) return;
  checked.add(root);
  const find = amongFluxObjects(root, findings);
  for (const rule of [UNWATCHED, ALERT_WITHOUT_SOURCES, ALERT_TWICE, FIELD_DEPRECATED]) checkTogetherAtSynth(root, rule, () => find().get(rule)!);
}

function findings(objects: ApiObject[]): Map<Rule, PlacedMistake[]> {
  const alerts = describedAlerts(objects);
  return new Map([
    [UNWATCHED, unwatched(alerts, objects)],
    [ALERT_WITHOUT_SOURCES, withoutSources(alerts)],
    [ALERT_TWICE, twice(alerts)],
    [FIELD_DEPRECATED, notificationObjects(objects).flatMap(deprecatedFields)],
  ]);
}

const replacements: { [kind: string]: { [field: string]: string } } = {
  Alert: { summary: 'say it in eventMetadata.summary' },
  Provider: { interval: 'remove it: Flux does not use it', proxy: 'give proxySecretName' },
};

function deprecatedFields(object: ApiObject): PlacedMistake[] {
  const { spec = {} } = object.toJson();
  return Object.entries(replacements[object.kind]).filter(([field]) => field in spec).map(([field, fix]) => ({
    construct: object, mistake: { what: `the ${object.kind} '${object.name}' has spec.${field}, which is deprecated, and gone in v1 of Flux 2.10`, fix },
  }));
}

function unwatched(alerts: DescribedAlert[], objects: ApiObject[]): PlacedMistake[] {
  const isWatched = watchedObjects(alerts);
  return eventObjects(objects).filter((object) => !isWatched(object)).map((object) => ({
    construct: object,
    mistake: {
      what: `the ${object.kind} '${object.name}' in namespace '${namespaceOf(object)}' is watched by no alert that sends errors`,
      allowed: 'a route or an alert with its kind and namespace',
      fix: 'add them to the sources of one, or leave sources out',
    },
  }));
}

function withoutSources(alerts: DescribedAlert[]): PlacedMistake[] {
  const informed = new Set(alerts.filter(({ sources }) => sources.some(({ kind }) => sourceKinds.includes(kind))).map(({ provider }) => provider));
  const appliers: string[] = [FluxKind.KUSTOMIZATION, FluxKind.HELM_RELEASE];
  return alerts.filter(({ severity, provider, sources }) => severity === 'error' && !informed.has(provider) && sources.some(({ kind }) => appliers.includes(kind))).map(({ object }) => ({
    construct: object,
    mistake: {
      what: `the Alert '${object.name}' sends errors of what is applied, and none of the sources that it comes from`,
      allowed: `one of ${sourceKinds.join(', ')} too, in the same route or another one to the same place`,
      fix: 'add the kinds of the sources in use: that a Git repository or a registry cannot be read is reported by nothing else',
    },
  }));
}

function twice(alerts: DescribedAlert[]): PlacedMistake[] {
  return messagesTwice(alerts).map(({ first, second, source }) => ({
    construct: second.object,
    mistake: {
      what: `the Alerts '${first.object.name}' and '${second.object.name}' both send ${first.severity === 'info' && second.severity === 'info' ? 'events' : 'errors'} of `
        + `${source.kind} ${source.name} in namespace '${source.namespace}' to Provider '${second.providerName}'`,
      allowed: 'each event once',
      fix: 'keep one of them, or tell their sources apart',
    },
  }));
}

function namespaceOf({ metadata }: ApiObject): string {
  return metadata.namespace ?? 'default';
}
