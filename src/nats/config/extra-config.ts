import { Construct } from 'constructs';
import { CANONICAL_OPTION, PROP_OF_OPTION, SECRET_OPTIONS } from './option-names';
import { defineRule, RuleLevel } from '../../core/rule';
import { SecretKey, SECRET_LITERAL } from '../../core/secret-key';
import { SecretVariables } from '../auth/secret-variables';
import { isBcryptHash } from '../auth/user-credentials';
import { confMistakes } from '../conf/conf-mistakes';
import { ConfBlock, ConfValue, isBlock } from '../conf/conf-value';
import { NatsInclude } from '../conf/nats-include';

export const EXTRA_CONFIG = defineRule({
  id: 'NATS-EXTRA-CONFIG',
  level: RuleLevel.ERROR,
  statement: 'extraConfig sets only options that no prop sets, under their canonical lower-case names: the server picks one of two spellings at random.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration; nats-server with two aliases of one option (measured)',
});

/** Options that have no prop, as they stand in nats.conf. */
export interface ExtraConfig {
  readonly [option: string]: unknown;
}

/**
 * The typed configuration with the extra options in it. An option that a prop sets, an alias of an option, a secret in clear, or
 * a value that nats.conf cannot hold throws.
 */
export function mergeExtraConfig(scope: Construct, typed: ConfBlock, extra: ExtraConfig, secrets: SecretVariables): ConfBlock {
  const merged = mergeBlock(scope, typed, extra, secrets, []);
  const [mistake] = confMistakes(merged);
  if (mistake) throw EXTRA_CONFIG.error(scope, mistake);
  return merged;
}

/** The secrets that extra options refer to. */
export function secretsOfExtraConfig(extra: unknown): SecretKey[] {
  if (extra instanceof SecretKey) return [extra];
  if (Array.isArray(extra)) return extra.flatMap(secretsOfExtraConfig);
  return isBlock(extra) ? Object.values(extra).flatMap(secretsOfExtraConfig) : [];
}

function mergeBlock(scope: Construct, typed: ConfBlock, extra: ExtraConfig, secrets: SecretVariables, parents: string[]): ConfBlock {
  const merged: { [key: string]: ConfValue | undefined } = { ...typed };
  for (const [key, value] of Object.entries(extra)) {
    const path = [...parents, key];
    checkOption(scope, path, value);
    const present = typed[key];
    if (isBlock(value) && (present === undefined || isBlock(present))) {
      merged[key] = mergeBlock(scope, present ?? {}, value, secrets, path);
    } else if (present !== undefined) {
      throw EXTRA_CONFIG.error(scope, { what: `extraConfig sets ${path.join('.')}, which the construct itself sets`, fix: 'use the prop for it, or leave it out' });
    } else {
      merged[key] = toConfValue(scope, path, value, secrets);
    }
  }
  return merged;
}

function checkOption(scope: Construct, path: string[], value: unknown): void {
  const option = path.join('.');
  if (value instanceof NatsInclude) return;
  const canonical = CANONICAL_OPTION[option.toLowerCase()] ?? option.toLowerCase();
  // Free maps, such as server_metadata, have keys of their own making.
  if (canonical !== option && (path.length === 1 || CANONICAL_OPTION[option.toLowerCase()])) {
    throw EXTRA_CONFIG.error(scope, { what: `extraConfig sets ${option}`, allowed: `the canonical name ${canonical}` });
  }
  const prop = PROP_OF_OPTION[canonical];
  if (prop) throw EXTRA_CONFIG.error(scope, { what: `extraConfig sets ${option}, which has the prop ${prop}`, fix: `use ${prop}` });
  if (SECRET_OPTIONS.has(path[path.length - 1]) && typeof value === 'string' && !isBcryptHash(value)) {
    throw SECRET_LITERAL.error(scope, {
      what: `extraConfig.${option} is a literal (not shown here)`,
      allowed: 'a SecretKey, a NatsVariable, or a bcrypt hash',
      fix: `put the value into a Secret and give ${option}: SecretKey.fromName('<secret>', '<key>')`,
    });
  }
}

/** Whether nats.conf can hold the value is judged where it is written. */
function toConfValue(scope: Construct, path: string[], value: unknown, secrets: SecretVariables): ConfValue {
  if (value instanceof SecretKey) return secrets.variableFor(value);
  if (Array.isArray(value)) return value.map((element) => toConfValue(scope, path, element, secrets));
  return isBlock(value) ? mergeBlock(scope, {}, value, secrets, path) : value as ConfValue;
}
