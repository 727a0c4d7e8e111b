import { ResponsePermissions } from './permissions';

/** What a user needs for one purpose. */
export interface Grant {
  /** Subjects to publish to. */
  readonly publish?: string[];
  /** Subjects to subscribe to, each with a queue group or without. */
  readonly subscribe?: string[];
  readonly allowResponses?: ResponsePermissions;
}

/** A grant whose content may still grow until the synth. */
export type LazyGrant = () => Grant;
