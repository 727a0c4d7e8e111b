import { Duration, Size } from 'cdk8s';
import { NatsInclude } from './nats-include';
import { NatsVariable } from './nats-variable';

/** What an option of nats.conf can hold. A text is never a variable, a number or a boolean, whatever it looks like. */
export type ConfValue = string | number | boolean | Duration | Size | NatsVariable | NatsInclude | ConfValue[] | ConfBlock;

/** The options of nats.conf or of a block in it; one that is undefined is left out. A `NatsInclude` stands under any key. */
export interface ConfBlock {
  readonly [key: string]: ConfValue | undefined;
}

export function isBlock(value: unknown): value is ConfBlock {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

/** The files that stand under one key, or undefined for any other value. */
export function includesOf(value: ConfValue): NatsInclude[] | undefined {
  const values = Array.isArray(value) ? value : [value];
  const includes = values.filter((element) => element instanceof NatsInclude);
  return includes.length > 0 && includes.length === values.length ? includes : undefined;
}

/** The options that are there. */
export function optionsOf(block: ConfBlock): [key: string, value: ConfValue][] {
  return Object.entries(block).filter((entry): entry is [string, ConfValue] => entry[1] !== undefined);
}
