import { Broken } from '../../core/broken';
import { SecretKey } from '../../core/secret-key';

/** A Secret that an issuer reads: one key of it, or all that its mechanism needs. */
export interface IssuerSecret {
  readonly prop: string;
  readonly secret: SecretKey | { readonly secretName: string; readonly keys: string };
  /** What the value looks like. */
  readonly value: string;
}

/**
 * A part of an issuer's spec, made where the user says it: what it renders, which Secrets it reads, and what is wrong with it. The last is
 * thrown by the construct that takes the part, because only that has a place.
 */
export interface IssuerPart<Spec> {
  readonly spec: Spec;
  readonly secrets: IssuerSecret[];
  readonly broken: Broken[];
}
