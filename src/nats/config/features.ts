import { Construct } from 'constructs';
import { PROP_OF_OPTION } from './option-names';
import { defineRule, RuleLevel } from '../../core/rule';
import { ConfBlock, ConfValue, isBlock, optionsOf } from '../conf/conf-value';
import { isSince, NatsVersion } from '../nats-version';

export const FEATURE_TOO_NEW = defineRule({
  id: 'NATS-FEATURE',
  level: RuleLevel.ERROR,
  statement: 'An option is used only with servers that know it; an older one does not start with it.',
  source: 'nats-server: "unknown field"; https://github.com/nats-io/nats-server/releases',
});

/** The first version that knows an option, for those that not all versions know; `*` is each element of a list. */
export const OPTION_SINCE: { readonly [option: string]: NatsVersion } = {
  'feature_flags': NatsVersion.V2_14,
  'jetstream.info_queue_limit': NatsVersion.V2_14,
  'jetstream.limits.default_max_consumers': NatsVersion.V2_15,
  'jetstream.max_concurrent_io': NatsVersion.V2_15,
  'leafnodes.dial_timeout': NatsVersion.V2_15,
  'leafnodes.remotes.*.dial_timeout': NatsVersion.V2_15,
  'leafnodes.remotes.*.ignore_discovered_servers': NatsVersion.V2_14,
  'leafnodes.remotes.*.proxy.tls': NatsVersion.V2_15,
};

/** Refuses options that servers of this version do not know, whether a prop or `extraConfig` sets them. */
export function checkFeatures(scope: Construct, conf: ConfBlock, version: NatsVersion): void {
  for (const option of pathsOf(conf, [])) {
    const since = OPTION_SINCE[option];
    if (!since || isSince(version, since)) continue;
    const prop = PROP_OF_OPTION[option];
    throw FEATURE_TOO_NEW.error(scope, {
      what: `${prop ? `${prop} sets ${option}, which` : option} came with nats-server ${since}, and version is ${version}`,
      allowed: `nats-server ${since} or later`,
      fix: `leave it out, or give images.server a tag of ${since}`,
    });
  }
}

function pathsOf(block: ConfBlock, parents: string[]): string[] {
  return optionsOf(block).flatMap(([key, value]) => [[...parents, key].join('.'), ...pathsIn(value, [...parents, key])]);
}

function pathsIn(value: ConfValue, path: string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((element) => pathsIn(element, [...path, '*']));
  return isBlock(value) ? pathsOf(value, path) : [];
}
