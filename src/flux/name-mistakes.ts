import { Broken, broken } from '../core/broken';
import { NAME_INVALID } from '../core/kube-object';
import { DNS_LABEL, DNS_SUBDOMAIN, isName, NameForm } from '../core/names';

/** A name that Kubernetes does not allow, if one is given. */
export function nameMistakes(prop: string, name: string | undefined, form: NameForm): Broken[] {
  return broken(NAME_INVALID, name !== undefined && !isName(name, form), { what: `${prop} is '${name}'`, allowed: form.words });
}

/** A ServiceAccount's. */
export function serviceAccountMistakes(name: string | undefined, prop: string = 'serviceAccountName'): Broken[] {
  return nameMistakes(prop, name, DNS_SUBDOMAIN);
}

/** A namespace's. */
export function namespaceMistakes(prop: string, name: string | undefined): Broken[] {
  return nameMistakes(prop, name, DNS_LABEL);
}
