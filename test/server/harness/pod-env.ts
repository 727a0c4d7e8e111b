/** The parts of a container's spec, as in a StatefulSet, that make its processes' command and environment. */
export interface ContainerSpec {
  readonly env?: readonly EnvEntry[];
  readonly envFrom?: readonly unknown[];
  readonly command?: readonly string[];
  readonly args?: readonly string[];
}

export interface EnvEntry {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly secretKeyRef?: { readonly name: string; readonly key: string; readonly optional?: boolean };
    readonly fieldRef?: { readonly fieldPath: string };
  };
}

/** What the pod's namespace and its status would give. */
export interface PodSources {
  /** Secret -> key -> value. */
  readonly secrets?: { readonly [secret: string]: { readonly [key: string]: string } };
  /** Path of a field, such as `metadata.name` -> value. */
  readonly fields?: { readonly [fieldPath: string]: string };
}

export interface ContainerProcess {
  readonly env: { readonly [name: string]: string };
  /** Command and arguments. */
  readonly command: string[];
}

/**
 * What kubelet would run for a container: variables in their order, each seeing those before it, then command and arguments.
 * Kinds of entries that kubelet knows and this does not throw.
 */
export function containerProcess(container: ContainerSpec, sources: PodSources = {}): ContainerProcess {
  if (container.envFrom?.length) throw new Error('envFrom is not emulated');
  const env: { [name: string]: string } = {};
  for (const entry of container.env ?? []) {
    const value = entry.valueFrom ? valueFrom(entry, sources) : expand(entry.value ?? '', env);
    if (value !== undefined) env[entry.name] = value;
  }
  const command = [...container.command ?? [], ...container.args ?? []].map((argument) => expand(argument, env));
  return { env, command };
}

/** References are not expanded in what comes from elsewhere, only in `value`. */
function valueFrom({ name, valueFrom: from }: EnvEntry, { secrets = {}, fields = {} }: PodSources): string | undefined {
  const { secretKeyRef: secret, fieldRef: field } = from!;
  if (secret) {
    const value = secrets[secret.name]?.[secret.key];
    if (value === undefined && !secret.optional) throw new Error(`${name}: there is no key ${secret.key} in Secret ${secret.name}; the pod would wait for it`);
    return value;
  }
  const value = field && fields[field.fieldPath];
  if (value === undefined) throw new Error(`${name}: no value is given for ${JSON.stringify(from)}`);
  return value;
}

/**
 * Kubernetes' references: `$(NAME)` is the variable, or stays as it is if there is none; `$$` is `$`, so that `$$(NAME)` stands for the
 * text `$(NAME)`; any other `$` is itself.
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
function expand(text: string, env: { readonly [name: string]: string }): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (reference, name?: string) => name === undefined ? '$' : env[name] ?? reference);
}
