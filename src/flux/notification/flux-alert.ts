import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { checkAlertsOfApp } from './alert-checks';
import { FluxAlertFilter, FluxEventSeverity, resolveFilter } from './alert-filter';
import { resolveMetadata } from './alert-metadata';
import { eventNamespaces } from './event-objects';
import { ALERT_SOURCES, FluxEventSource } from './event-source';
import { FluxProviderBase } from './flux-provider-base';
import * as notification from '../../../imports/notification.toolkit.fluxcd.io';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';
import { FluxObject, FluxObjectOptions, fluxResource, identityOf } from '../flux-object';

export const ALERT_NAMESPACE = defineRule({
  id: 'FLUX-ALERT-NAMESPACE',
  level: RuleLevel.ERROR,
  statement: 'An alert, its provider and the Secret of that are in one namespace.',
  source: 'Alert.spec.providerRef and Provider.spec.secretRef have a name only: notification-controller looks for it beside the Alert.',
});

export const ALERT_UNRESOLVED = defineRule({
  id: 'FLUX-ALERT-UNRESOLVED',
  level: RuleLevel.WARNING,
  statement: 'A service that keeps problems open until it is told that they are over gets all events.',
  source: 'notification-controller closes incidents and sets the status of a commit to success by events of severity info.',
});

/** Which events go where. */
export interface FluxAlertProps extends FluxObjectOptions, FluxAlertFilter {
  /** Where they go. A provider in another namespace than the one that `namespace` names throws. */
  readonly provider: FluxProviderBase;
  /**
   * The objects whose events are meant. An empty list throws.
   * @default - all of each namespace in which the app describes an object of Flux, and of the alert's own
   */
  readonly sources?: FluxEventSource[];
  /**
   * What is added to each message, such as `cluster: 'eu-1'`. A name that Flux uses itself (`revision`, `commit`...) and an empty text throw.
   * @default - nothing
   */
  readonly metadata?: { [name: string]: string };
  /**
   * Whether nothing is sent for now.
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * Which events of Flux go to a provider: an Alert, in the namespace of its provider.
 *
 * `SlackAlerting` makes all that a team needs for Slack; this is for other services.
 *
 * @see https://fluxcd.io/flux/components/notification/alerts/
 */
export class FluxAlert extends FluxObject {
  public readonly kind = 'Alert';
  public readonly objectName: string;
  public readonly namespace: string;
  /** The Alert. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: FluxAlertProps) {
    super(scope, id);
    const { provider, sources = [FluxEventSource.all()], metadata = {}, suspend } = props;
    this.checkNamespace(props);
    const identity = { ...props, namespace: provider.namespace };
    ({ name: this.objectName, namespace: this.namespace } = identityOf(this, identity));
    if (sources.length === 0) {
      throw ALERT_SOURCES.error(this, { what: 'sources is empty', allowed: 'one or more', fix: 'leave it out for all objects of Flux in the namespaces of the app' });
    }
    sources.forEach((source, index) => source._check(this, `sources[${index}]`));
    const { severity, inclusionList, exclusionList } = resolveFilter(this, props);
    this.apiObject = fluxResource(this, 'Alert', identity, {
      ...notification.toJson_AlertSpec({
        providerRef: { name: provider.objectName },
        eventSeverity: severity as string as notification.AlertSpecEventSeverity,
        eventSources: [],
        inclusionList: inclusionList.length > 0 ? inclusionList : undefined,
        exclusionList: exclusionList.length > 0 ? exclusionList : undefined,
        eventMetadata: Object.keys(metadata).length > 0 ? resolveMetadata(this, metadata) : undefined,
        suspend,
      }),
      // Objects of Flux may still be described after the alert.
      eventSources: Lazy.any({ produce: () => this.renderSources(sources).map(notification.toJson_AlertSpecEventSources) }),
    });
    checkAlertsOfApp(this);
    checkAtSynth(this, ALERT_UNRESOLVED, () => provider._closedByInfo === undefined || severity === FluxEventSeverity.INFO ? [] : [{
      what: `severity is ERROR, and the provider '${provider.objectName}' opens ${provider._closedByInfo} that only an info closes`,
      allowed: 'FluxEventSeverity.INFO',
      fix: 'give severity: FluxEventSeverity.INFO',
    }]);
  }

  private checkNamespace({ provider, namespace }: FluxAlertProps): void {
    if (namespace === undefined || namespace === provider.namespace) return;
    throw ALERT_NAMESPACE.error(this, {
      what: `namespace is '${namespace}', and the provider '${provider.objectName}' is in '${provider.namespace}'`,
      allowed: 'one namespace for both, and for the Secret of the provider',
      fix: 'leave namespace out, and name the namespaces to watch in sources',
    });
  }

  private renderSources(sources: FluxEventSource[]): notification.AlertSpecEventSources[] {
    const namespaces = [this.namespace, ...eventNamespaces(this)];
    const rendered = sources.flatMap((source) => source._render(this, namespaces));
    return [...new Map(rendered.map((source) => [JSON.stringify(source), source])).values()];
  }
}
