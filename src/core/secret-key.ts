import { Construct } from 'constructs';
import { describeMistake } from './mistake';
import { DATA_KEY, DNS_SUBDOMAIN, isName } from './names';
import { defineRule, RuleLevel } from './rule';

export const SECRET_LITERAL = defineRule({
  id: 'SECRET-LITERAL',
  level: RuleLevel.ERROR,
  statement: 'A secret is a reference to a key of a Kubernetes Secret, never a value in the program.',
  source: 'docs/architecture.md: what is written to dist/ is read by everyone who reads the Git repository.',
});

/**
 * A key of a Kubernetes Secret in the namespace of the construct that uses it. The value itself never passes through this library.
 */
export class SecretKey {
  /**
   * Refers to a Secret that exists, or that something else makes, in the cluster.
   *
   * A name or key that Kubernetes does not allow throws.
   *
   * @param secretName name of the Secret
   * @param key key in its data
   */
  public static fromName(secretName: string, key: string): SecretKey {
    if (!isName(secretName, DNS_SUBDOMAIN)) {
      throw new Error(describeMistake({ what: 'the name of the Secret is not a Kubernetes name', allowed: DNS_SUBDOMAIN.words, fix: 'give the Secret\'s name, then its key' }));
    }
    if (!isName(key, DATA_KEY)) {
      throw new Error(describeMistake({ what: `the key for Secret '${secretName}' is not a key that a Secret can have`, allowed: DATA_KEY.words }));
    }
    return new SecretKey(secretName, key);
  }

  private constructor(
    /** Name of the Secret. */
    public readonly secretName: string,
    /** Key in the Secret's data. */
    public readonly key: string,
  ) {}
}

/** Refuses whatever is not a `SecretKey`, as a program without type checks may give it, and does not repeat what it was. */
export function assertSecretKey(scope: Construct, prop: string, value: SecretKey | undefined): void {
  if (value === undefined || value instanceof SecretKey) return;
  throw SECRET_LITERAL.error(scope, {
    what: `${prop} is a ${typeof value} (not shown here), not a reference to a Secret`,
    allowed: 'a SecretKey',
    fix: `put the value into a Secret and give ${prop}: SecretKey.fromName('<secret>', '<key>')`,
  });
}
