import { Construct } from 'constructs';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';

export const URL_INVALID = defineRule({
  id: 'NATS-URL',
  level: RuleLevel.ERROR,
  statement: 'A URL that servers dial has a scheme that they know, a host and a port, and neither credentials nor a path.',
  source: 'nats.conf stands in a ConfigMap, which everyone reads who reads the namespace; nats-server cannot put a variable inside a URL (measured)',
});

/** Refuses what is no URL of a server; one that may hold a password is not repeated. */
export function checkUrls(scope: Construct, prop: string, urls: string[], schemes: string[]): void {
  const twice = urls.find((url, index) => urls.indexOf(url) !== index);
  const mistake = urls.length === 0 ? { what: `${prop} is empty`, fix: 'give at least one URL' } : urlMistake(prop, urls, schemes);
  if (mistake) throw URL_INVALID.error(scope, mistake);
  if (twice !== undefined) throw URL_INVALID.error(scope, { what: `${prop} has '${twice}' twice`, fix: 'leave one out' });
}

/** The first mistake in a list of URLs; an empty list has none. */
export function urlMistake(prop: string, urls: string[], schemes: string[]): Mistake | undefined {
  for (const text of urls) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (text.includes('@')) {
      return { what: `${prop} has a URL with credentials (not shown here)`, allowed: 'scheme, host and port', fix: 'give user and password beside the URLs, the password as a SecretKey' };
    }
    const known = url && schemes.some((scheme) => url.protocol === `${scheme}:`);
    // Without a port the servers of a gateway or route are never found; those of the web have one by default.
    const complete = url && url.hostname && (url.port || /^(ws|http)s?:$/.test(url.protocol));
    if (!known || !complete || /\s|^[^:]*:\/\/[^/]*\/./.test(text)) {
      return {
        what: `${prop} has '${text}', which is not the URL of a server`,
        allowed: `${schemes.map((scheme) => `${scheme}://`).join(', ')}, a host and a port`,
        fix: `write ${schemes[0]}://nats.example.com:<port>`,
      };
    }
  }
  return undefined;
}
