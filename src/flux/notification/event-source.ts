import { Construct } from 'constructs';
import { FluxKind, isFluxKind, kindSince, kindsOf } from './flux-kind';
import * as notification from '../../../imports/notification.toolkit.fluxcd.io';
import { DNS_LABEL, DNS_SUBDOMAIN, isLabelName, isLabelValue, isName } from '../../core/names';
import { defineRule, RuleLevel } from '../../core/rule';
import { FluxObject } from '../flux-object';
import { checkFeatures, fluxVersionOf } from '../flux-version';

export const ALERT_SOURCES = defineRule({
  id: 'FLUX-ALERT-SOURCES',
  level: RuleLevel.ERROR,
  statement: 'An alert is about objects of Flux that report events: kinds in named namespaces, one object, or those with labels.',
  source: 'notification-controller compares kind and namespace exactly; an empty list, a namespace "*" and a kind of others match nothing, without a word.',
});

/** Which objects of Flux an alert is about. */
export interface FluxEventSourceOptions {
  /**
   * Their kinds. An unknown one, one that the Flux in use lacks, and an empty list throw.
   * @default - all kinds that the Flux in use knows
   */
  readonly kinds?: FluxKind[];
  /**
   * Their namespaces, by name: Flux has no wildcard for namespaces. A name that Kubernetes does not allow, such as `*`, and an empty list throw.
   * @default - each namespace in which the app describes an object of Flux, and the alert's own
   */
  readonly namespaces?: string[];
  /**
   * Labels that they have, all of them. Flux reads them from the cluster at each event. A label that Kubernetes does not allow throws.
   * @default - any labels
   */
  readonly labels?: { [label: string]: string };
}

/** Objects of Flux whose events an alert sends on. */
export class FluxEventSource {
  /** All objects of some kinds in some namespaces, or those of them that have labels. */
  public static all(options: FluxEventSourceOptions = {}): FluxEventSource {
    return new FluxEventSource(options);
  }

  /** One object of the app, or one that exists already. An object that reports no events, such as a Provider, throws where the source is used. */
  public static object(object: FluxObject): FluxEventSource {
    return new FluxEventSource({ kinds: [object.kind as FluxKind], namespaces: [object.namespace] }, object.objectName);
  }

  /** One object by its name. What names no object throws where the source is used. */
  public static named(kind: FluxKind, name: string, namespace: string): FluxEventSource {
    return new FluxEventSource({ kinds: [kind], namespaces: [namespace] }, name);
  }

  private constructor(private readonly options: FluxEventSourceOptions, private readonly name?: string) {}

  /** The namespaces that it names. @internal */
  public get _namespaces(): string[] | undefined {
    return this.options.namespaces;
  }

  /** What of it is in a namespace. @internal */
  public _within(namespace: string): FluxEventSource[] {
    const { namespaces } = this.options;
    return !namespaces || namespaces.includes(namespace) ? [new FluxEventSource({ ...this.options, namespaces: [namespace] }, this.name)] : [];
  }

  /** Throws for what no object of Flux can match. @internal */
  public _check(scope: Construct, prop: string): void {
    const { kinds, namespaces, labels = {} } = this.options;
    const error = (what: string, allowed: string, fix?: string) => ALERT_SOURCES.error(scope, { what: `${prop}: ${what}`, allowed, fix });
    for (const [name, list] of Object.entries({ kinds, namespaces })) if (list?.length === 0) throw error(`${name} is empty`, `one or more; all that there are without ${name}`);
    for (const kind of kinds ?? []) {
      if (!isFluxKind(kind)) throw error(`'${kind}' reports no events to Flux's alerts`, Object.values(FluxKind).join(', '), 'watch other kinds with metrics');
      const since = kindSince(kind);
      if (since) checkFeatures(scope, [[`${prop}: an alert of ${kind}`, since, true]]);
    }
    for (const namespace of namespaces ?? []) {
      if (!isName(namespace, DNS_LABEL)) {
        throw error(`the namespace '${namespace}' is invalid`, `${DNS_LABEL.words}; Flux knows no wildcard for namespaces`, 'name each namespace, or leave namespaces out for those of the app');
      }
    }
    if (this.name !== undefined && !isName(this.name, DNS_SUBDOMAIN)) throw error(`the name '${this.name}' is invalid`, DNS_SUBDOMAIN.words, 'for all objects, use FluxEventSource.all');
    for (const [label, value] of Object.entries(labels)) {
      if (!isLabelName(label) || !isLabelValue(value)) throw error(`the label ${label}: '${value}' is invalid`, 'a label that Kubernetes allows');
    }
  }

  /** What the Alert says, where namespaces that are not named are these. @internal */
  public _render(scope: Construct, namespacesOfApp: readonly string[]): notification.AlertSpecEventSources[] {
    const { kinds = kindsOf(fluxVersionOf(scope)), namespaces = namespacesOfApp, labels } = this.options;
    return [...new Set(namespaces)].sort().flatMap((namespace) => [...new Set(kinds)].map((kind) => ({
      kind: kind as string as notification.AlertSpecEventSourcesKind, name: this.name ?? '*', namespace, matchLabels: labels,
    })));
  }
}
