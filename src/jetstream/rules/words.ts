import { goDuration } from '../../core/go-duration';

/** Milliseconds for a person: `1m30s`, `99.5ms`, `-1s`. */
export function duration(milliseconds: number): string {
  return Number.isInteger(milliseconds) ? goDuration(milliseconds) : `${milliseconds}ms`;
}

/** How many bytes a text has, as nats-server counts. */
export function bytesIn(text: string): number {
  return Buffer.byteLength(text);
}
