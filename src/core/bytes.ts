import { Size, SizeRoundingBehavior } from 'cdk8s';
import { describeMistake } from './mistake';

/**
 * A size in bytes; a fraction of a byte is dropped, so that a limit never exceeds what was said. A text such as `2Gi`, which a program without type checks may give,
 * throws.
 */
export function bytesOf(size: Size): number {
  if (typeof size?.toKibibytes !== 'function') {
    throw new Error(describeMistake({ what: `a size is '${size}'`, allowed: 'a Size', fix: 'give Size.gibibytes(2), Size.mebibytes(64) or the like' }));
  }
  // cdk8s counts in kibibytes; the epsilon undoes floating point noise such as 0.1 + 0.2 before the fraction is dropped.
  return Math.floor(size.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) * 1024 + 1e-6);
}

const binaryUnits: [suffix: string, bytes: number][] = [['Ti', 2 ** 40], ['Gi', 2 ** 30], ['Mi', 2 ** 20], ['Ki', 2 ** 10]];

/** A number of bytes as a Kubernetes quantity, in the largest binary unit that keeps it a whole number. */
export function quantityOf(bytes: number): string {
  const [suffix, unit] = binaryUnits.find(([, candidate]) => bytes >= candidate && bytes % candidate === 0) ?? ['', 1];
  return `${bytes / unit}${suffix}`;
}

const decimalUnits: [suffix: string, bytes: number][] = [['T', 1e12], ['G', 1e9], ['M', 1e6], ['k', 1e3]];

/** A Kubernetes quantity of bytes as a number; undefined if it is none. */
export function bytesOfQuantity(quantity: string): number | undefined {
  const [, count, suffix] = /^(\d+(?:\.\d+)?)(\w*)$/.exec(quantity) ?? [];
  const unit = [...binaryUnits, ...decimalUnits, ['', 1] as const].find(([candidate]) => candidate === suffix);
  return count !== undefined && unit ? Number(count) * unit[1] : undefined;
}

/** A number of bytes for a person: `1.5 GiB`. */
export function readableBytes(bytes: number): string {
  const [suffix, unit] = binaryUnits.find(([, candidate]) => bytes >= candidate) ?? ['', 1];
  return `${Math.round((bytes / unit) * 100) / 100} ${suffix}B`;
}
