import * as certManager from '../../../imports/cert-manager.io';
import { AcmeSelector } from '../acme/acme-selector';

/** Which names a solver proves, and whether by the DNS. */
export interface SolverFacts {
  readonly dns: boolean;
  readonly selector?: AcmeSelector;
}

/** What is known of how an issuer signs; nothing is known of one that exists already. */
export interface IssuerFacts {
  /** Each certificate is signed by its own key. */
  readonly selfSigned?: boolean;
  /** The Secret with the CA that signs. */
  readonly caSecret?: { readonly secretName: string; readonly namespace?: string };
  /** An ACME server signs, after one of these solvers has proved the name; none where the server asks for no proof. */
  readonly acmeSolvers?: SolverFacts[];
}

/** What certificates have to know of an issuer that reads its Secrets in a namespace. */
export function issuerFacts({ selfSigned, ca, acme }: certManager.IssuerSpec, namespace?: string): IssuerFacts {
  return {
    selfSigned: selfSigned !== undefined,
    caSecret: ca && { secretName: ca.secretName, namespace },
    acmeSolvers: acme && (acme.solvers ?? []).map(({ dns01, selector }) => ({ dns: dns01 !== undefined, selector })),
  };
}
