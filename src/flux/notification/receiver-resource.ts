import { Construct } from 'constructs';
import { FluxKind, isFluxKind, kindSince } from './flux-kind';
import { RECEIVER } from './receiver-type';
import * as notification from '../../../imports/notification.toolkit.fluxcd.io';
import { DNS_LABEL, DNS_SUBDOMAIN, isLabelName, isLabelValue, isName } from '../../core/names';
import { apiVersionOf } from '../api-versions';
import { FluxObject } from '../flux-object';
import { checkFeatures, fluxVersionOf, FluxVersion } from '../flux-version';

/** When an object is reconciled. */
export interface FluxReceiverResourceOptions {
  /**
   * CEL expression of the request (`req`), the object (`res`) and, with OIDC, the `claims`: only if it is true, the object is reconciled. Since Flux 2.9. An
   * empty one throws.
   * @default - always
   */
  readonly filter?: string;
}

/** Objects that a receiver reconciles. */
export class FluxReceiverResource {
  /** One object of the app, or one that exists already. One that Flux cannot be told to reconcile, such as a Provider, throws where it is used. */
  public static object(object: FluxObject, options: FluxReceiverResourceOptions = {}): FluxReceiverResource {
    return new FluxReceiverResource(object.kind, object.objectName, object.namespace, undefined, options);
  }

  /** One object by its name. What names no object throws where it is used. */
  public static named(kind: FluxKind, name: string, namespace: string, options: FluxReceiverResourceOptions = {}): FluxReceiverResource {
    return new FluxReceiverResource(kind, name, namespace, undefined, options);
  }

  /** All objects of a kind in a namespace that have labels. No labels throw where it is used, because Flux takes no wildcard without. */
  public static labelled(
    kind: FluxKind, labels: { [label: string]: string }, namespace: string, options: FluxReceiverResourceOptions = {},
  ): FluxReceiverResource {
    return new FluxReceiverResource(kind, '*', namespace, labels, options);
  }

  private constructor(
    private readonly kind: string, private readonly name: string, private readonly namespace: string,
    private readonly labels: { [label: string]: string } | undefined, private readonly options: FluxReceiverResourceOptions,
  ) {}

  /** What the Receiver says; throws for what names nothing. The API version is said because Flux guesses it only for sources. @internal */
  public _render(scope: Construct, prop: string): notification.ReceiverSpecResources {
    this.check(scope, prop);
    const { kind, name, namespace, labels, options: { filter } } = this;
    const apiVersion = apiVersionOf(kind, fluxVersionOf(scope));
    return { apiVersion, kind: kind as notification.ReceiverSpecResourcesKind, name, namespace, matchLabels: labels, filter };
  }

  private check(scope: Construct, prop: string): void {
    const { kind, name, namespace, labels, options: { filter } } = this;
    const error = (what: string, allowed: string) => RECEIVER.error(scope, { what: `${prop}: ${what}`, allowed });
    if (!isFluxKind(kind)) throw error(`'${kind}' cannot be reconciled by a receiver`, Object.values(FluxKind).join(', '));
    const since = kindSince(kind);
    checkFeatures(scope, [
      [`${prop}: a receiver for ${kind}`, since ?? FluxVersion.V2_6, true],
      [`${prop}: a filter of its own`, FluxVersion.V2_9, filter !== undefined],
    ]);
    if (!isName(namespace, DNS_LABEL)) throw error(`the namespace '${namespace}' is invalid`, DNS_LABEL.words);
    if (!labels && !isName(name, DNS_SUBDOMAIN)) throw error(`the name '${name}' is invalid`, `${DNS_SUBDOMAIN.words}; all objects with labels by FluxReceiverResource.labelled`);
    const wrong = Object.entries(labels ?? {}).find(([label, value]) => !isLabelName(label) || !isLabelValue(value));
    if (wrong) throw error(`the label ${wrong.join(': ')} is invalid`, 'a label that Kubernetes allows');
    if (labels && Object.keys(labels).length === 0) throw error('there are no labels', 'one or more: Flux takes no wildcard without');
    if (filter !== undefined && !filter.trim()) throw error('filter is empty', 'a CEL expression');
  }
}
