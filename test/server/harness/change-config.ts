import { ConfBlock, ConfValue } from '../../../src/nats/conf/conf-value';

/** New values of options by their paths, `*` being the first element of a list; undefined takes an option away. */
export interface ConfigChange {
  readonly [path: string]: ConfValue | undefined;
}

/** The configuration with the change in it; blocks that a path needs are made. */
export function changed(base: ConfBlock, change: ConfigChange): ConfBlock {
  return Object.entries(change).reduce((block, [path, value]) => withValue(block, path.split('.'), value), base);
}

function withValue(block: ConfBlock, [key, ...rest]: string[], value: ConfValue | undefined): ConfBlock {
  if (rest.length === 0) return { ...block, [key]: value };
  if (rest[0] !== '*') return { ...block, [key]: withValue((block[key] ?? {}) as ConfBlock, rest, value) };
  const [first, ...others] = block[key] as ConfBlock[];
  return { ...block, [key]: [withValue(first, rest.slice(1), value), ...others] };
}
