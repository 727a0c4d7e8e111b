/**
 * The forms of names that Kubernetes knows.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export interface NameForm {
  readonly pattern: RegExp;
  readonly maxLength: number;
  readonly words: string;
}

export const DNS_SUBDOMAIN: NameForm = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  maxLength: 253,
  words: 'at most 253 lower-case letters, digits, - and ., beginning and ending with a letter or digit',
};

export const DNS_LABEL: NameForm = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 63,
  words: 'at most 63 lower-case letters, digits and -, beginning and ending with a letter or digit',
};

/** Names of Services, which must not begin with a digit. */
export const SERVICE_NAME: NameForm = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 63,
  words: 'at most 63 lower-case letters, digits and -, beginning with a letter and ending with a letter or digit',
};

/** The controller puts the name and a hash of eleven characters into a label of its pods, which ends at 63. */
export const STATEFUL_SET_NAME: NameForm = {
  ...DNS_LABEL, maxLength: 52, words: DNS_LABEL.words.replace('63', '52'),
};

/** RBAC names may hold anything that is a segment of a URL path. */
export const PATH_SEGMENT: NameForm = {
  pattern: /^(?!\.{1,2}$)[^/%]+$/, maxLength: 253, words: 'at most 253 characters without / and %',
};

/** Keys of Secrets and ConfigMaps. */
export const DATA_KEY: NameForm = {
  pattern: /^(?!\.{1,2}$)[-._a-zA-Z0-9]+$/, maxLength: 253, words: 'at most 253 letters, digits, -, _ and .',
};

const formsByKind: { [kind: string]: NameForm } = {
  Namespace: DNS_LABEL,
  Service: SERVICE_NAME,
  StatefulSet: STATEFUL_SET_NAME,
  Role: PATH_SEGMENT,
  RoleBinding: PATH_SEGMENT,
  ClusterRole: PATH_SEGMENT,
  ClusterRoleBinding: PATH_SEGMENT,
};

/** The form that the API server, or a controller behind it, demands of a name of this kind. */
export function nameFormOf(kind: string): NameForm {
  return formsByKind[kind] ?? DNS_SUBDOMAIN;
}

export function isName(text: string, form: NameForm): boolean {
  return text.length <= form.maxLength && form.pattern.test(text);
}

const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export function isLabelValue(text: string): boolean {
  return text.length <= 63 && LABEL_VALUE.test(text);
}

/** Whether Kubernetes allows a label of this name. */
export function isLabelName(label: string): boolean {
  const [name, prefix, ...more] = label.split('/').reverse();
  return more.length === 0 && name !== '' && isLabelValue(name) && (prefix === undefined || isName(prefix, DNS_SUBDOMAIN));
}
