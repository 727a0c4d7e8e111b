/** A Kubernetes object, or a part of one. */
export interface Manifest {
  readonly [field: string]: any;
}

/**
 * The leaves of a value by their paths, such as `.spec.containers[nats].env[SERVER_NAME].value`. Elements of a list are known by their names,
 * where they have some, because their order says nothing; a list of plain values is a leaf, because its order says all.
 */
export function leavesOf(value: unknown, path: string = ''): Map<string, unknown> {
  const children = childrenOf(value);
  if (children.length === 0) return new Map([[path, value]]);
  return new Map(children.flatMap(([segment, child]) => [...leavesOf(child, path + segment)]));
}

function childrenOf(value: unknown): [segment: string, child: unknown][] {
  if (Array.isArray(value)) return value.every(isPlain) ? [] : elementsOf(value);
  if (isPlain(value)) return [];
  return Object.entries(value as Manifest).map(([key, child]) => [/^\w+$/.test(key) ? `.${key}` : `[${key}]`, child]);
}

function elementsOf(list: unknown[]): [segment: string, child: unknown][] {
  const names = list.map(nameOf);
  const areNamed = !names.includes(undefined) && new Set(names).size === names.length;
  return list.map((element, index) => [`[${areNamed ? names[index] : index}]`, element]);
}

function nameOf(element: unknown): string | undefined {
  const { name, metadata } = (element ?? {}) as Manifest;
  return name ?? metadata?.name;
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}
