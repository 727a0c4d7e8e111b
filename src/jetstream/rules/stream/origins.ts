import { isAssetName } from './names';
import { StreamRule } from './stream-rule';
import { Mistake } from '../../../core/mistake';
import { RuleLevel } from '../../../core/rule';
import { isSince, NatsVersion } from '../../../nats/nats-version';
import { collide, isLiteralSubject } from '../../../nats/subject';
import { StreamConfig, StreamOriginConfig } from '../../stream/stream-config';
import { assetRule, serverRule } from '../asset-rule';
import { JetStreamPlace } from '../place';

const API_PREFIX = '$JS.API';

/** Where a stream copies from, with the words for it. */
export interface NamedOrigin {
  readonly words: string;
  readonly origin: StreamOriginConfig;
}

/** A stream's mirror and sources. */
export function originsOf({ mirror, sources }: Pick<StreamConfig, 'mirror' | 'sources'>): NamedOrigin[] {
  return [...mirror ? [{ words: 'mirror', origin: mirror }] : [], ...sourcesOf({ sources })];
}

export function sourcesOf({ sources }: Pick<StreamConfig, 'sources'>): NamedOrigin[] {
  return sources.map((origin, index) => ({ words: `sources[${index}]`, origin }));
}

/** Whether the stream is in another account or domain, which the server does not look into. */
export function isExternal({ externalApiPrefix, externalDeliverPrefix }: StreamOriginConfig): boolean {
  return !!externalApiPrefix || !!externalDeliverPrefix;
}

/** Releases before 2.14 take path separators in the name of an origin. */
export function isOriginName(name: string, version: NatsVersion): boolean {
  return isAssetName(isSince(version, NatsVersion.V2_14) ? name : name.replace(/[\\/]/g, '_'));
}

/** NACK sends none without a name. */
export function consumerOf({ consumer }: StreamOriginConfig): StreamOriginConfig['consumer'] {
  return consumer?.name ? consumer : undefined;
}

function each(find: (named: NamedOrigin, place: JetStreamPlace) => Mistake | false | undefined): StreamRule['find'] {
  return (config, place) => originsOf(config).flatMap((named) => find(named, place) || []);
}

/** Whether a consumer that was made beforehand can be read from. */
export function consumerMistake({ words, origin }: NamedOrigin, { version }: JetStreamPlace): Mistake | undefined {
  const consumer = consumerOf(origin);
  if (!consumer || !isSince(version, NatsVersion.V2_14)) return undefined;
  if (!isAssetName(consumer.name)) return { what: `${words}.consumer.name is '${consumer.name}'`, allowed: 'the name of a consumer' };
  if (!isLiteralSubject(consumer.deliverSubject ?? '')) {
    return { what: `${words}.consumer.deliverSubject is '${consumer.deliverSubject ?? ''}'`, allowed: 'the subject to which the consumer delivers, without wildcards' };
  }
  const taken = (['startSequence', 'startTime', 'filterSubject'] as const).find((prop) => origin[prop]);
  return taken && { what: `${words} has a consumer and ${taken}`, allowed: 'one of them', fix: `leave ${taken} out: it belongs to the consumer` };
}

/** What mirrors and sources have in common. */
export const origins: StreamRule[] = [
  serverRule('STREAM-ORIGIN-DELIVER-PREFIX', 'The delivery prefix of an external stream is a subject without wildcards.', 'stream external delivery prefix d.> must not contain wildcards',
    each(({ words, origin: { externalDeliverPrefix: prefix } }) => !!prefix && !isLiteralSubject(prefix) && {
      what: `${words}.externalDeliverPrefix is '${prefix}'`, allowed: 'a subject without wildcards',
    })),
  serverRule('STREAM-ORIGIN-API-PREFIX', 'The API prefix of an external stream is a subject without wildcards.', 'stream external api prefix "$JS.*.API" must be a valid subject without wildcards',
    each(({ words, origin: { externalApiPrefix: prefix } }) => !!prefix && !isLiteralSubject(prefix) && {
      what: `${words}.externalApiPrefix is '${prefix}'`, allowed: "a subject without wildcards, such as '$JS.hub.API'",
    })),
  serverRule('STREAM-ORIGIN-API-OWN', 'The API prefix of an external stream is not that of the own account.', 'stream external api prefix $JS.API must not overlap with $JS.API',
    each(({ words, origin: { externalApiPrefix: prefix } }) => !!prefix && collide(prefix, API_PREFIX) && {
      what: `${words}.externalApiPrefix is '${prefix}', the API of the own account`, allowed: 'the prefix of another', fix: 'leave it out for a stream of the same account',
    })),
  assetRule({
    id: 'STREAM-ORIGIN-EXTERNAL',
    level: RuleLevel.ERROR,
    statement: 'An external stream has an API prefix, and a name that a stream can have.',
    source: 'nats-server accepts an external mirror of any name, and a delivery prefix alone, and never gets a message (measured)',
  }, (config) => originsOf(config).filter(({ origin }) => isExternal(origin)).flatMap(({ words, origin }) => [
    ...origin.externalApiPrefix ? [] : [{ what: `${words} has externalDeliverPrefix without externalApiPrefix`, fix: "give externalApiPrefix, such as '$JS.hub.API'" }],
    ...words !== 'mirror' || isAssetName(origin.name) ? [] : [{ what: `${words}.name is '${origin.name}'`, allowed: 'the name of a stream' }],
  ])),
  assetRule({
    id: 'STREAM-ORIGIN-PATH',
    level: RuleLevel.ERROR,
    statement: 'The stream from which another copies has no path separator in its name.',
    source: 'nats-server before 2.14 accepts such a name, which no stream can have',
  }, each(({ words, origin: { name } }, { version }) => !isAssetName(name) && isOriginName(name, version) && {
    what: `${words}.name is '${name}'`, allowed: 'the name of a stream: no white space, nor . * > / \\',
  })),
  assetRule({
    id: 'STREAM-ORIGIN-START',
    level: RuleLevel.ERROR,
    statement: 'A copy begins with a sequence number, from 1, or with a time that RFC 3339 knows; not with both.',
    source: 'NACK does not read another time, nor send another number; nats-server takes both, and keeps to the number',
  }, (config) => originsOf(config).flatMap(({ words, origin: { startSequence, startTime } }) => [
    ...startSequence === undefined || (Number.isSafeInteger(startSequence) && startSequence >= 1) ? [] : [{ what: `${words}.startSequence is ${startSequence}`, allowed: 'a whole number from 1' }],
    ...startTime === undefined || isTime(startTime) ? [] : [{ what: `${words}.startTime is '${startTime}'`, allowed: "RFC 3339, such as '2026-01-31T12:00:00Z'" }],
    ...startSequence !== undefined && startTime !== undefined ? [{ what: `${words} has startSequence and startTime`, allowed: 'one of them' }] : [],
  ])),
  assetRule({
    id: 'STREAM-ORIGIN-CONSUMER-NAME',
    level: RuleLevel.ERROR,
    statement: 'A consumer from which a stream copies is named.',
    source: 'NACK never makes the stream: it loses the empty name, and Kubernetes refuses what it then writes, "consumer.name: Required value" (measured)',
  }, (config) => originsOf(config).filter(({ origin: { consumer } }) => consumer?.name === '').map(({ words }) => ({ what: `${words}.consumer.name is empty`, allowed: 'the name of a consumer' }))),
];

/** Whether Go reads it as RFC 3339. */
export function isTime(text: string): boolean {
  const [, day] = /^\d{4}-\d{2}-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d([.,]\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/.exec(text) ?? [];
  const date = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return day !== undefined && date.getUTCDate() === Number(day);
}
