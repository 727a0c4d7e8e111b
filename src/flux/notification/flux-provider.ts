import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ExistingFluxProvider, FluxProviderBase } from './flux-provider-base';
import { PROVIDER, PROVIDER_SECRET, ProviderPart, ProviderSecretKey, secretsOf } from './provider-part';
import { FluxProviderType } from './provider-type';
import { checkSecretContents, PROVIDER_SECRET_WRITTEN } from './secret-contents';
import * as notification from '../../../imports/notification.toolkit.fluxcd.io';
import { checkAtSynth } from '../../core/rules';
import { fluxResource, FluxObjectOptions, identityOf } from '../flux-object';
import { takeParts } from '../flux-part';
import { checkFeatures, FluxVersion } from '../flux-version';
import { fluxDuration } from '../interval';
import { serviceAccountMistakes } from '../name-mistakes';
import { FluxClientTls } from '../source/client-tls';
import { nameOf, proxyPart } from '../source/source-options';

/** Where alerts go. */
export interface FluxProviderProps extends FluxObjectOptions {
  /** The service, and what it takes to send messages there. */
  readonly type: FluxProviderType;
  /**
   * How long one message may take, with all attempts to send it. One that is not positive throws.
   * @default Duration.seconds(15)
   */
  readonly timeout?: Duration;
  /**
   * Name of the Secret that says by which proxy messages go: key `address`, and `username` and `password` if the proxy asks for them. Since Flux 2.7. A
   * name that Kubernetes does not allow throws, and so does a type that goes by no proxy.
   * @default - none
   */
  readonly proxySecretName?: string;
  /**
   * How TLS to the service is proved; a CA replaces those of the system. A type that takes none throws.
   * @default - the authorities of the system; no certificate of a client
   */
  readonly tls?: FluxClientTls;
  /**
   * Whether nothing is sent for now.
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * Where alerts go: a Provider of Flux, in the namespace of the alerts that use it and of its Secret.
 *
 * What its type needs and does not have throws: Flux itself accepts such a Provider, shows it as ready, and reports nothing.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/
 */
export class FluxProvider extends FluxProviderBase {
  /**
   * A Provider that exists already. An invalid name throws.
   *
   * @param namespace its namespace; without it, that of the chart, or `flux-system`
   */
  public static fromProviderName(scope: Construct, id: string, providerName: string, namespace?: string): FluxProviderBase {
    return new ExistingFluxProvider(scope, id, { name: providerName, namespace });
  }

  public readonly objectName: string;
  public readonly namespace: string;
  /** The Provider. */
  public readonly apiObject: ApiObject;
  /** @internal */
  public readonly _closedByInfo?: string;

  constructor(scope: Construct, id: string, props: FluxProviderProps) {
    super(scope, id);
    ({ name: this.objectName, namespace: this.namespace } = identityOf(this, props));
    const part = props.type._part(this);
    this._closedByInfo = part.closedByInfo;
    this.checkSupported(part, props);
    const proxy = proxyPart(props.proxySecretName);
    const own = { secrets: secretsOf(part.secrets), broken: serviceAccountMistakes(part.serviceAccountName) };
    takeParts(this, [proxy, props.tls?._part, own]);
    this.apiObject = fluxResource(this, 'Provider', props, notification.toJson_ProviderSpec({
      type: part.type as notification.ProviderSpecType,
      address: part.address,
      channel: part.channel,
      username: part.username,
      secretRef: this.secretOf(part.secrets),
      serviceAccountName: part.serviceAccountName,
      commitStatusExpr: part.commitStatusExpr,
      timeout: props.timeout && fluxDuration(this, 'timeout', props.timeout, { hours: false }),
      ...proxy.spec,
      ...props.tls?._part.spec,
      suspend: props.suspend,
    }));
    checkSecretContents(this, this.namespace, part.secrets);
    checkAtSynth(this, PROVIDER_SECRET_WRITTEN, () => part.written === undefined ? [] : [{
      what: `${part.written} stands in the Provider for everybody to read, because Flux takes it nowhere else`, allowed: 'a service that logs in with a Secret',
    }]);
  }

  private checkSupported({ type, since, serviceAccountName, ignores = [] }: ProviderPart, props: FluxProviderProps): void {
    checkFeatures(this, [
      [`the provider ${type}`, since ?? FluxVersion.V2_6, true],
      ['proxySecretName', FluxVersion.V2_7, props.proxySecretName !== undefined],
      [`serviceAccountName of ${type}`, FluxVersion.V2_7, serviceAccountName !== undefined && type !== 'azureeventhub'],
    ]);
    for (const prop of ignores) {
      if (props[prop] === undefined) continue;
      throw PROVIDER.error(this, { what: `${prop} is given, and Flux does not use it for ${type}`, fix: 'leave it out' });
    }
  }

  private secretOf(secrets: ProviderSecretKey[]): { name: string } | undefined {
    const names = [...new Set(secrets.map(({ secretName }) => secretName))];
    if (names.length > 1) {
      throw PROVIDER_SECRET.error(this, {
        what: `what the provider needs is in the Secrets ${names.map((name) => `'${name}'`).join(' and ')}`, allowed: 'one Secret', fix: 'put all of it into one',
      });
    }
    return nameOf(names[0]);
  }
}
