import { Measurement } from './measure';

export function milliseconds({ milliseconds: value }: Measurement): string {
  return `${value.toFixed(0)} ms`;
}

export function mebibytes({ peakMebibytes: value }: Measurement): string {
  return value === undefined ? '' : `${value.toFixed(0)} MiB`;
}

export function ratio(a: number, b: number): string {
  return `${(a / b).toFixed(2)} x`;
}
