import { Duration } from 'cdk8s';
import { ACME_SOLVER_INVALID } from './acme-rules';
import { AcmeSelector, selectorMistakes } from './acme-selector';
import { Dns01Provider } from './dns01-provider';
import { AcmeGateway, AcmeServiceType, AcmeSolverPod, gatewayMistakes, ingressNameMistakes, renderGateway, renderIngress } from './http01';
import * as certManager from '../../../imports/cert-manager.io';
import { broken } from '../../core/broken';
import { IssuerPart } from '../issuing/issuer-part';
import { goSeconds, wholeSeconds } from '../whole-seconds';

/** Which names a solver proves, and when. */
export interface AcmeSolverOptions {
  /**
   * For which names it is.
   * @default - for all that no other solver of the issuer takes
   */
  readonly selector?: AcmeSelector;
  /**
   * How long to wait for the answer to spread, instead of asking for it from inside the cluster, in whole seconds; zero or more. For clusters that
   * do not see their own public names. Clusters with a cert-manager older than 1.21 drop it.
   * @default - cert-manager asks for the answer itself before the server does
   */
  readonly waitInsteadOfSelfCheck?: Duration;
}

/** How a challenge is answered over HTTP. */
export interface AcmeHttp01Options extends AcmeSolverOptions {
  /**
   * How the ingress controller reaches the pods.
   * @default - cert-manager's: AcmeServiceType.NODE_PORT
   */
  readonly serviceType?: AcmeServiceType;
  /**
   * The pods that answer.
   * @default - cert-manager's
   */
  readonly solverPod?: AcmeSolverPod;
}

/** How a challenge is answered over HTTP by an Ingress. */
export interface AcmeIngressOptions extends AcmeHttp01Options {
  /**
   * Labels of the Ingress that cert-manager makes.
   * @default - cert-manager's
   */
  readonly ingressLabels?: { [label: string]: string };
  /**
   * Annotations of the Ingress that cert-manager makes.
   * @default - cert-manager's
   */
  readonly ingressAnnotations?: { [annotation: string]: string };
}

/** How a challenge is answered over HTTP by a Gateway. */
export interface AcmeGatewayOptions extends AcmeHttp01Options {
  /**
   * Labels of the HTTPRoute that cert-manager makes.
   * @default - none
   */
  readonly routeLabels?: { [label: string]: string };
}

/** How a challenge is answered by the DNS. */
export interface AcmeDns01Options extends AcmeSolverOptions {
  /**
   * Whether CNAME records are followed to the zone in which to write, so that cert-manager needs no access to the zone of the name itself.
   * @default false
   */
  readonly followCnames?: boolean;
}

/**
 * How it is proved to an ACME server that a name is ours.
 * @see https://cert-manager.io/docs/configuration/acme/
 */
export class AcmeSolver {
  /** Over HTTP, by Ingresses of a class. */
  public static http01IngressClass(ingressClassName: string, options: AcmeIngressOptions = {}): AcmeSolver {
    return AcmeSolver.of(options, { http01: renderIngress({ ...options, ingressClassName }) }, ingressNameMistakes('ingressClassName', ingressClassName));
  }

  /**
   * Over HTTP, by Ingresses with the annotation `kubernetes.io/ingress.class`, for controllers that know no classes; an empty name throws.
   */
  public static http01IngressAnnotation(ingressClass: string, options: AcmeIngressOptions = {}): AcmeSolver {
    return AcmeSolver.of(options, { http01: renderIngress({ ...options, class: ingressClass }) },
      broken(ACME_SOLVER_INVALID, !ingressClass, { what: 'ingressClass is empty', allowed: 'a text' }));
  }

  /** Over HTTP, by an Ingress that exists, for controllers with an address for each Ingress. */
  public static http01IngressName(ingressName: string, options: AcmeIngressOptions = {}): AcmeSolver {
    return AcmeSolver.of(options, { http01: renderIngress({ ...options, name: ingressName }) }, ingressNameMistakes('ingressName', ingressName));
  }

  /** Over HTTP, by routes of these Gateways, which need a listener for HTTP; none throw. cert-manager must be started with support for them. */
  public static http01Gateway(gateways: AcmeGateway[], options: AcmeGatewayOptions = {}): AcmeSolver {
    const { serviceType, solverPod, routeLabels: labels } = options;
    return AcmeSolver.of(options, { http01: renderGateway(gateways, { serviceType, solverPod, labels }) }, gatewayMistakes(gateways));
  }

  /** By a record in the DNS, which proves wildcards too. */
  public static dns01(provider: Dns01Provider, options: AcmeDns01Options = {}): AcmeSolver {
    const { spec, secrets, broken: mistakes } = provider._part;
    const cnameStrategy = options.followCnames ? certManager.IssuerSpecAcmeSolversDns01CnameStrategy.FOLLOW : undefined;
    return AcmeSolver.of(options, { dns01: { ...spec, cnameStrategy } }, mistakes, secrets);
  }

  private static of(options: AcmeSolverOptions, challenge: certManager.IssuerSpecAcmeSolvers,
    mistakes: IssuerPart<unknown>['broken'], secrets: IssuerPart<unknown>['secrets'] = []): AcmeSolver {
    const { selector, waitInsteadOfSelfCheck: wait } = options;
    const seconds = wait && wholeSeconds(wait);
    return new AcmeSolver({
      spec: { ...challenge, selector, waitInsteadOfSelfCheck: seconds === undefined ? undefined : goSeconds(seconds) },
      secrets,
      broken: [
        ...mistakes,
        ...selectorMistakes(selector),
        ...broken(ACME_SOLVER_INVALID, wait !== undefined && !(seconds !== undefined && seconds >= 0), {
          what: `waitInsteadOfSelfCheck is ${wait?.toMilliseconds({ integral: false })} ms`,
          allowed: 'whole seconds, zero or more',
        }),
      ],
    });
  }

  private constructor(/** @internal */ public readonly _part: IssuerPart<certManager.IssuerSpecAcmeSolvers>) {}
}
