import { Mistake } from './mistake';
import { DNS_SUBDOMAIN, isName } from './names';
import { Rule } from './rule';

/** A rule that a value breaks, found where the value is made; only the construct that takes the value has a place, and throws. */
export interface Broken {
  readonly rule: Rule;
  readonly mistake: Mistake;
}

/** A broken rule if the condition holds. */
export function broken(rule: Rule, condition: boolean, mistake: Mistake): Broken[] {
  return condition ? [{ rule, mistake }] : [];
}

/** A broken rule for each text that is not given, or only of spaces. */
export function emptyTexts(rule: Rule, texts: { [prop: string]: string }): Broken[] {
  return Object.entries(texts).flatMap(([prop, text]) => broken(rule, !text?.trim(), { what: `${prop} is empty`, allowed: 'a text' }));
}

/** A broken rule for a name of a Secret that Kubernetes does not allow. */
export function secretNameMistakes(rule: Rule, prop: string, secretName: string): Broken[] {
  return broken(rule, !isName(secretName, DNS_SUBDOMAIN), { what: `${prop} is no name of a Secret`, allowed: DNS_SUBDOMAIN.words });
}

/** A broken rule for a text that is no URL of these schemes, or one with credentials, which is not repeated. */
export function urlMistakes(rule: Rule, prop: string, text: string, schemes: string[]): Broken[] {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.username || url?.password) {
    return broken(rule, true, {
      what: `${prop} holds credentials (not shown here)`,
      allowed: 'a URL without',
      fix: 'refer to a Secret',
    });
  }
  return broken(rule, !url || !schemes.includes(url.protocol) || !url.hostname, {
    what: `${prop} is '${text}'`,
    allowed: `a URL with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`,
  });
}
