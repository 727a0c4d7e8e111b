/** What a change does to a running platform, from harmless to impossible. */
export enum ChangeEffect {
  /** It does what it says. */
  SAFE = 'safe',
  /** It does what it says, and clients or streams feel it. */
  CAUTION = 'caution',
  /** It changes nothing: what is in the cluster stays as it is. */
  IGNORED = 'ignored',
  /** Data is lost. */
  LOSS = 'loss',
  /** The server or Kubernetes refuses it, so that it is never applied. */
  REFUSED = 'refused',
}

/** One difference between two folders that a synth wrote. */
export interface DistChange {
  /** Environment; absent where the folders are of a single one. */
  readonly environment?: string;
  /** Kind of the object. */
  readonly kind: string;
  /** Namespace of the object, where it has one. */
  readonly namespace?: string;
  /** Name of the object. */
  readonly name: string;
  /** What of the object changes; absent for the object as a whole. */
  readonly field?: string;
  /** The old value for a reader; absent if there was none. */
  readonly before?: string;
  /** The new value for a reader; absent if there is none. */
  readonly after?: string;
  /** What it does. */
  readonly effect: ChangeEffect;
  /** Why, where it is more than it seems. */
  readonly reason?: string;
  /** How to get there safely. */
  readonly advice?: string;
}

/** What is thought of a change. */
export interface Verdict {
  readonly effect: ChangeEffect;
  readonly reason?: string;
  readonly advice?: string;
}

/** A verdict on a field of an object, or without field on the whole object. */
export interface ObjectChange extends Verdict {
  readonly field?: string;
  readonly before?: string;
  readonly after?: string;
}

export const SAFE: Verdict = { effect: ChangeEffect.SAFE };

export function caution(reason: string, advice?: string): Verdict {
  return { effect: ChangeEffect.CAUTION, reason, advice };
}

export function ignored(reason: string, advice?: string): Verdict {
  return { effect: ChangeEffect.IGNORED, reason, advice };
}

export function loss(reason: string, advice?: string): Verdict {
  return { effect: ChangeEffect.LOSS, reason, advice };
}

export function refused(reason: string, advice?: string): Verdict {
  return { effect: ChangeEffect.REFUSED, reason, advice };
}
