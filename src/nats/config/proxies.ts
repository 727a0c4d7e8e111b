import { createHash } from 'crypto';
import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../core/rule';
import { ConfBlock } from '../conf/conf-value';
import { NatsVersion } from '../nats-version';

export const PROXY_KEY = defineRule({
  id: 'NATS-PROXY-KEY',
  level: RuleLevel.ERROR,
  statement: 'A trusted proxy is named by its public nkey.',
  source: 'nats-server: "invalid proxy key"',
});

/** Refuses what is no public nkey. */
export function checkTrustedProxies(scope: Construct, keys: string[] | undefined): void {
  const wrong = keys?.find((key) => !/^[A-Z2-7]{56}$/.test(key));
  if (wrong === undefined) return;
  // A seed, which is a secret, is as easily pasted here.
  throw PROXY_KEY.error(scope, { what: 'trustedProxies has a text that is no public nkey (not shown here)', allowed: '56 letters A to Z and digits 2 to 7', fix: 'give the public key that "nk -inkey <file> -pubout" prints' });
}

/** The block `proxies` of nats.conf; it stands as soon as the prop is given, with or without a key. */
export function renderProxies(keys: string[] | undefined): ConfBlock | undefined {
  return keys && { trusted: [...new Set(keys)].sort().map((key) => ({ key })) };
}

/**
 * End of the name of the ConfigMap. A reload that adds or removes the block `proxies` ends the server with a crash, and so does one that
 * removes a leaf node remote before 2.14; the reloader would do it on all servers at the same time. A ConfigMap of another name never
 * reaches a running server: the servers come to it one by one, by their restarts.
 */
export function configGeneration(version: NatsVersion, trustedProxies: string[] | undefined, remoteIdentities: string[]): string {
  const proxies = trustedProxies ? '-proxies' : '';
  if (version !== NatsVersion.V2_12 || remoteIdentities.length === 0) return proxies;
  return `${proxies}-${createHash('sha256').update(remoteIdentities.join('\n')).digest('hex').slice(0, 8)}`;
}
