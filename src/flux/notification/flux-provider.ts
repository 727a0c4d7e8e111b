import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ExistingFluxProvider, FluxProviderBase } from './flux-provider-base';
import { PROVIDER, PROVIDER_SECRET, ProviderPart, ProviderSecretKey } from './provider-part';
import { FluxProviderType } from './provider-type';
import { checkSecretContents, PROVIDER_SECRET_WRITTEN } from './secret-contents';
import * as notification from '../../../imports/notification.toolkit.fluxcd.io';
import { DNS_SUBDOMAIN, isName } from '../../core/names';
import { requireSecret } from '../../core/required-secrets';
import { checkAtSynth } from '../../core/rules';
import { fluxResource, FluxObjectOptions, identityOf } from '../flux-object';
import { checkFeatures, FluxVersion } from '../flux-version';
import { fluxDuration } from '../interval';

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
   * Secret with the proxy through which messages go: `address`, and `username` and `password` if it asks for them. Since Flux 2.7. A type that goes
   * through no proxy throws.
   * @default - none
   */
  readonly proxySecretName?: string;
  /**
   * Secret by which the service is verified, and the controller identified: `ca.crt`, which replaces the authorities of the system, and `tls.crt` and
   * `tls.key`. A type that takes none throws.
   * @default - the authorities of the system; no certificate of a client
   */
  readonly tlsSecretName?: string;
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
    this.apiObject = fluxResource(this, 'Provider', props, notification.toJson_ProviderSpec({
      type: part.type as notification.ProviderSpecType,
      address: part.address,
      channel: part.channel,
      username: part.username,
      secretRef: this.secretOf(part.secrets),
      serviceAccountName: part.serviceAccountName,
      commitStatusExpr: part.commitStatusExpr,
      timeout: props.timeout && fluxDuration(this, 'timeout', props.timeout, { hours: false }),
      proxySecretRef: this.secretNamed('proxySecretName', props.proxySecretName),
      certSecretRef: this.secretNamed('tlsSecretName', props.tlsSecretName),
      suspend: props.suspend,
    }));
    this.requireSecrets(part, props);
    checkSecretContents(this, this.namespace, part.secrets);
    checkAtSynth(this, PROVIDER_SECRET_WRITTEN, () => part.written === undefined ? [] : [{
      what: `${part.written} stands in the Provider for everybody to read, because Flux takes it nowhere else`, allowed: 'a service that logs in with a Secret',
    }]);
  }

  private checkSupported({ type, since, ignores = [] }: ProviderPart, props: FluxProviderProps): void {
    checkFeatures(this, [
      [`the provider ${type}`, since ?? FluxVersion.V2_6, true],
      ['proxySecretName', FluxVersion.V2_7, props.proxySecretName !== undefined],
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
    return names.length === 0 ? undefined : this.secretNamed('the name of the Secret', names[0]);
  }

  private secretNamed(prop: string, name: string | undefined): { name: string } | undefined {
    if (name === undefined) return undefined;
    if (!isName(name, DNS_SUBDOMAIN)) throw PROVIDER_SECRET.error(this, { what: `${prop} is '${name}'`, allowed: DNS_SUBDOMAIN.words });
    return { name };
  }

  private requireSecrets({ secrets }: ProviderPart, { proxySecretName, tlsSecretName }: FluxProviderProps): void {
    const proxy = proxySecretName === undefined ? [] : [{ secretName: proxySecretName, key: 'address', value: 'URL of a proxy; username and password beside it if it asks for them' }];
    const tls = tlsSecretName === undefined ? [] : [{ secretName: tlsSecretName, key: 'ca.crt', value: 'certificates of authorities in PEM form; tls.crt and tls.key for a client certificate' }];
    for (const { value, ...key } of [...secrets, ...proxy, ...tls]) {
      requireSecret(this, key, { value, usedBy: `Provider ${this.objectName}`, namespace: this.namespace });
    }
  }
}
