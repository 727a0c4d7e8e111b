import { millisecondsOfGo } from '../../core/go-duration';

/** A limit in a resource, where zero and -1 mean that there is none. */
export function limit(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}

/** A duration in a resource in milliseconds; an empty one is none. */
export function duration(text: string | undefined): number | undefined {
  return text ? millisecondsOfGo(text) : undefined;
}
