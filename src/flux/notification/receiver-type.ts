import { Construct } from 'constructs';
import { keysOf } from './provider-auth';
import { ProviderSecretKey, publicUrl, secretKey } from './provider-part';
import * as notification from '../../../imports/notification.toolkit.fluxcd.io';
import { defineRule, RuleLevel } from '../../core/rule';
import { SecretKey } from '../../core/secret-key';
import { FluxVersion } from '../flux-version';

export const RECEIVER = defineRule({
  id: 'FLUX-RECEIVER',
  level: RuleLevel.ERROR,
  statement: 'A receiver knows how to tell a true request, and which objects it reconciles.',
  source: 'The CRD of Receiver and notification-controller v1.9.3, internal/server/receiver_handlers.go: https://fluxcd.io/flux/components/notification/receivers/',
});

/** What a type of receiver makes of a Receiver, and the Secret that it needs. */
export interface ReceiverPart {
  readonly type: string;
  readonly events?: string[];
  readonly secrets: ProviderSecretKey[];
  readonly oidcProviders?: notification.ReceiverSpecOidcProviders[];
  readonly since?: FluxVersion;
}

/** Which events of a service count. */
export interface FluxReceiverEventOptions {
  /**
   * Names of events, as the service has them in its header, such as `push`; an empty list and an empty name throw.
   * @default - all events
   */
  readonly events?: string[];
}

/** A condition for the claims of a token. */
export interface FluxOidcValidation {
  /** CEL expression that is true if the token is welcome, of `claims` and `vars`. An empty one throws. */
  readonly expression: string;
  /** What the log says if it is not. An empty one throws. */
  readonly message: string;
}

/** Who issues the tokens of requests, and which of them are welcome. */
export interface FluxOidcProvider {
  /** URL of the issuer, as it stands in the tokens. What is no URL throws, and so do two providers of one issuer. */
  readonly issuerUrl: string;
  /**
   * For whom the tokens are issued.
   * @default notification-controller
   */
  readonly audience?: string;
  /** Conditions, all of which hold: without one, each token of the issuer would be welcome, which throws. */
  readonly validations: FluxOidcValidation[];
  /**
   * CEL expressions by name, for use in the conditions as `vars.<name>`.
   * @default - none
   */
  readonly variables?: { [name: string]: string };
}

/**
 * Who calls, and how a true request is told from a false one. Each type but OIDC needs a token, of which the path of the webhook is made too.
 * @see https://fluxcd.io/flux/components/notification/receivers/#supported-receiver-types
 */
export class FluxReceiverType {
  /** Whoever knows the path. The token is under the key `token`; another key throws. */
  public static generic(token: SecretKey): FluxReceiverType {
    return new FluxReceiverType(withToken('generic', token));
  }

  /** Whoever can sign a request: the header `X-Signature` has its HMAC. The token is under the key `token`; another key throws. */
  public static genericHmac(token: SecretKey): FluxReceiverType {
    return new FluxReceiverType(withToken('generic-hmac', token));
  }

  /** Whoever has a token of an issuer of OpenID Connect, such as a workflow of GitHub: no secret is needed. Since Flux 2.9. */
  public static genericOidc(...providers: FluxOidcProvider[]): FluxReceiverType {
    return new FluxReceiverType((scope) => ({ type: 'generic-oidc', secrets: [], oidcProviders: oidcProviders(scope, providers), since: FluxVersion.V2_9 }));
  }

  /** GitHub, whose webhook has the token as its secret. The token is under the key `token`; another key throws. */
  public static gitHub(token: SecretKey, options: FluxReceiverEventOptions = {}): FluxReceiverType {
    return new FluxReceiverType(withToken('github', token, options));
  }

  /** GitLab, whose webhook has the token as its secret token. The token is under the key `token`; another key throws. */
  public static gitLab(token: SecretKey, options: FluxReceiverEventOptions = {}): FluxReceiverType {
    return new FluxReceiverType(withToken('gitlab', token, options));
  }

  /** A Bitbucket server, whose webhook has the token as its secret. The token is under the key `token`; another key throws. */
  public static bitbucket(token: SecretKey, options: FluxReceiverEventOptions = {}): FluxReceiverType {
    return new FluxReceiverType(withToken('bitbucket', token, options));
  }

  /** A sender of CDEvents. The token is under the key `token`; another key throws. */
  public static cdEvents(token: SecretKey, options: FluxReceiverEventOptions = {}): FluxReceiverType {
    return new FluxReceiverType(withToken('cdevents', token, options));
  }

  /** Harbor, whose webhook has the token as its authorization header. The token is under the key `token`; another key throws. */
  public static harbor(token: SecretKey): FluxReceiverType {
    return new FluxReceiverType(withToken('harbor', token));
  }

  /** Docker Hub, which signs nothing: whoever knows the path. The token is under the key `token`; another key throws. */
  public static dockerHub(token: SecretKey): FluxReceiverType {
    return new FluxReceiverType(withToken('dockerhub', token));
  }

  /** Quay, which signs nothing: whoever knows the path. The token is under the key `token`; another key throws. */
  public static quay(token: SecretKey): FluxReceiverType {
    return new FluxReceiverType(withToken('quay', token));
  }

  /** Nexus, whose webhook has the token as its secret key. The token is under the key `token`; another key throws. */
  public static nexus(token: SecretKey): FluxReceiverType {
    return new FluxReceiverType(withToken('nexus', token));
  }

  /** Azure Container Registry, which signs nothing: whoever knows the path. The token is under the key `token`; another key throws. */
  public static acr(token: SecretKey): FluxReceiverType {
    return new FluxReceiverType(withToken('acr', token));
  }

  /** Google Container or Artifact Registry, by a push subscription: a Secret with `token`, and the `email` and `audience` of its tokens. */
  public static gcr(secretName: string): FluxReceiverType {
    return new FluxReceiverType(() => ({
      type: 'gcr', secrets: keysOf(secretName, { token: tokenWords, email: 'address of the subscription\'s service account', audience: 'audience of its tokens' }),
    }));
  }

  /** What the Receiver says; throws for what Flux cannot work with. */
  private constructor(/** @internal */ public readonly _part: (scope: Construct) => ReceiverPart) {}
}

const tokenWords = 'token of a webhook, such as head -c 12 /dev/urandom | shasum';

function withToken(type: string, token: SecretKey, { events }: FluxReceiverEventOptions = {}): (scope: Construct) => ReceiverPart {
  return (scope) => {
    if (events && (events.length === 0 || events.some((event) => !event.trim()))) {
      throw RECEIVER.error(scope, { what: `events is [${events.map((event) => `'${event}'`).join(', ')}]`, allowed: 'names of events', fix: 'leave it out for all events' });
    }
    return { type, events, secrets: [secretKey(scope, 'token', token, 'token', tokenWords)] };
  };
}

function oidcProviders(scope: Construct, providers: FluxOidcProvider[]): notification.ReceiverSpecOidcProviders[] {
  if (providers.length === 0) throw RECEIVER.error(scope, { what: 'there is no provider of OpenID Connect', allowed: 'one or more' });
  const issuers = providers.map(({ issuerUrl }) => issuerUrl);
  const twice = issuers.find((issuer, index) => issuers.indexOf(issuer) !== index);
  if (twice) throw RECEIVER.error(scope, { what: `two providers have the issuer '${twice}'`, allowed: 'one for each issuer', fix: 'put their validations together' });
  return providers.map(({ issuerUrl, audience, validations, variables = {} }) => {
    publicUrl(scope, 'issuerUrl', issuerUrl);
    if (validations.length === 0) {
      throw RECEIVER.error(scope, {
        what: `'${issuerUrl}' has no validations, so that whoever gets a token there is welcome`,
        allowed: 'one or more',
        fix: 'compare claims: { expression: "claims.repository == \'org/app\'", message: \'...\' }',
      });
    }
    const texts = [...validations.flatMap(({ expression, message }) => [expression, message]), ...Object.entries(variables).flat()];
    if (texts.some((text) => !text?.trim())) throw RECEIVER.error(scope, { what: `'${issuerUrl}' has an empty expression, message or name`, allowed: 'texts that are not empty' });
    const named = Object.entries(variables).map(([name, expression]) => ({ name, expression }));
    return { issuerUrl, audience, validations: [...validations], variables: named.length > 0 ? named : undefined };
  });
}
