import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { secretsOf } from './provider-part';
import { FluxReceiverResource } from './receiver-resource';
import { FluxReceiverType, RECEIVER } from './receiver-type';
import * as notification from '../../../imports/notification.toolkit.fluxcd.io';
import { FluxObject, FluxObjectOptions, fluxResource, identityOf } from '../flux-object';
import { takeParts } from '../flux-part';
import { checkFeatures, FluxVersion } from '../flux-version';
import { fluxDuration } from '../interval';
import { nameOf } from '../source/source-options';

/** A webhook that lets Flux look at once. */
export interface FluxReceiverProps extends FluxObjectOptions {
  /** Who calls, and how a true request is told from a false one. */
  readonly type: FluxReceiverType;
  /** What is reconciled. An empty list throws. */
  readonly resources: FluxReceiverResource[];
  /**
   * CEL expression of the request (`req`), the object (`res`) and, with OIDC, the `claims`: only if it is true, an object is reconciled. An empty one throws.
   * @default - always
   * @see https://fluxcd.io/flux/components/notification/receivers/#filtering-reconciled-objects-with-cel
   */
  readonly filter?: string;
  /**
   * How often the token is read anew.
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;
  /**
   * Whether requests are refused for now.
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * A webhook that lets Flux look at once instead of after an interval: a Receiver. Its path stands in the status, under `webhookPath`; an Ingress of yours leads there
 * from outside, to the Service `webhook-receiver` of Flux.
 *
 * @see https://fluxcd.io/flux/components/notification/receivers/
 */
export class FluxReceiver extends FluxObject {
  public readonly kind = 'Receiver';
  public readonly objectName: string;
  public readonly namespace: string;
  /** The Receiver. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: FluxReceiverProps) {
    super(scope, id);
    ({ name: this.objectName, namespace: this.namespace } = identityOf(this, props));
    const { type, events, secrets, oidcProviders, since = FluxVersion.V2_6 } = props.type._part(this);
    checkFeatures(this, [[`the receiver ${type}`, since, true]]);
    if (props.resources.length === 0) throw RECEIVER.error(this, { what: 'resources is empty', allowed: 'one or more' });
    if (props.filter !== undefined && !props.filter.trim()) throw RECEIVER.error(this, { what: 'filter is empty', allowed: 'a CEL expression' });
    takeParts(this, [{ secrets: secretsOf(secrets) }]);
    this.apiObject = fluxResource(this, 'Receiver', props, notification.toJson_ReceiverSpec({
      type: type as notification.ReceiverSpecType,
      events,
      secretRef: nameOf(secrets[0]?.secretName),
      oidcProviders,
      resources: props.resources.map((resource, index) => resource._render(this, `resources[${index}]`)),
      resourceFilter: props.filter,
      interval: props.interval && fluxDuration(this, 'interval', props.interval),
      suspend: props.suspend,
    }));
  }
}
