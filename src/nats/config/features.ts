import { Construct } from 'constructs';
import { PROP_OF_OPTION } from './option-names';
import { defineRule, RuleLevel } from '../../core/rule';
import { ConfBlock, ConfValue, isBlock, optionsOf } from '../conf/conf-value';
import { isSince, NatsVersion } from '../nats-version';

export const FEATURE_TOO_NEW = defineRule({
  id: 'NATS-FEATURE',
  level: RuleLevel.ERROR,
  statement: 'An option, or a value of one, is used only with servers that know it; an older one does not start with it, or does not heed it.',
  source: 'nats-server: "unknown field", "unrecognized curve preference"; https://github.com/nats-io/nats-server/releases',
});

/** What not all versions know. */
interface Feature {
  /** The option, with the blocks around it; `*` is each element of a list. */
  readonly option: string;
  /** The value that is new; with it, the option is the last part alone, in whatever block. */
  readonly value?: string;
  /** The option beside which the server heeds this one. */
  readonly beside?: string;
  /** The first version that knows it. */
  readonly since: NatsVersion;
}

export const FEATURES: readonly Feature[] = [
  { option: 'feature_flags', since: NatsVersion.V2_14 },
  { option: 'jetstream.info_queue_limit', since: NatsVersion.V2_14 },
  { option: 'jetstream.limits.default_max_consumers', since: NatsVersion.V2_15 },
  { option: 'jetstream.max_concurrent_io', since: NatsVersion.V2_15 },
  { option: 'leafnodes.dial_timeout', since: NatsVersion.V2_15 },
  { option: 'leafnodes.remotes.*.dial_timeout', since: NatsVersion.V2_15 },
  { option: 'leafnodes.remotes.*.ignore_discovered_servers', since: NatsVersion.V2_14 },
  { option: 'leafnodes.remotes.*.proxy.tls', since: NatsVersion.V2_15 },
  { option: 'proxy_protocol', beside: 'tls', since: NatsVersion.V2_14 },
  { option: 'curve_preferences', value: 'SecP256r1MLKEM768', since: NatsVersion.V2_15 },
  { option: 'curve_preferences', value: 'SecP384r1MLKEM1024', since: NatsVersion.V2_15 },
];

/** Refuses what servers of this version do not know, whether a prop or `extraConfig` sets it. */
export function checkFeatures(scope: Construct, conf: ConfBlock, version: NatsVersion): void {
  const tooNew = FEATURES.filter(({ since, beside }) => !isSince(version, since) && (beside === undefined || conf[beside] !== undefined));
  for (const [path, value] of entriesOf(conf, [])) {
    const feature = tooNew.find((candidate) => isUsed(candidate, path, value));
    if (!feature) continue;
    throw FEATURE_TOO_NEW.error(scope, {
      what: `${inWords(path, feature)} came with nats-server ${feature.since}, and version is ${version}`,
      allowed: `nats-server ${feature.since} or later`,
      fix: `leave it out, or give images.server a tag of ${feature.since}`,
    });
  }
}

function isUsed({ option, value: newValue }: Feature, path: string, value: ConfValue): boolean {
  return newValue === undefined ? path === option : value === newValue && path.endsWith(`${option}.*`);
}

function inWords(path: string, { value, beside }: Feature): string {
  const option = path.replace(/\.\*$/, '');
  const prop = PROP_OF_OPTION[option];
  if (value !== undefined) return `${prop ?? option} has ${value}, which`;
  return `${prop ? `${prop} sets ${option}, which` : option}${beside === undefined ? '' : ` beside ${beside}`}`;
}

/** All options with their values, and the elements of lists, as deep as there are any. */
function entriesOf(value: ConfValue, path: string[]): [path: string, value: ConfValue][] {
  const inner: [string, ConfValue][] = Array.isArray(value) ? value.map((element) => ['*', element]) : isBlock(value) ? optionsOf(value) : [];
  return inner.flatMap(([key, child]) => [[[...path, key].join('.'), child], ...entriesOf(child, [...path, key])]);
}
