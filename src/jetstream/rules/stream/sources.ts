import { consumerMistake, consumerOf, isExternal, isOriginName, NamedOrigin, sourcesOf } from './origins';
import { StreamRule } from './stream-rule';
import { transformsMistakes } from './transforms';
import { Mistake } from '../../../core/mistake';
import { RuleLevel } from '../../../core/rule';
import { isSince, NatsVersion } from '../../../nats/nats-version';
import { collide, covers, isSubject } from '../../../nats/subject';
import { StreamConfig, StreamOriginConfig } from '../../stream/stream-config';
import { assetRule, serverRule } from '../asset-rule';
import { JetStreamPlace } from '../place';

function each(find: (named: NamedOrigin, place: JetStreamPlace) => Mistake | Mistake[] | false | undefined): StreamRule['find'] {
  return (config, place) => sourcesOf(config).flatMap((named) => find(named, place) || []);
}

/** What repeats an earlier source, by a key that the server makes of each. */
function repeated({ sources }: StreamConfig, keyOf: (origin: StreamOriginConfig) => string | undefined): NamedOrigin[] {
  const seen = new Set<string>();
  return sourcesOf({ sources }).filter(({ origin }) => {
    const key = keyOf(origin);
    if (key === undefined) return false;
    const again = seen.has(key);
    seen.add(key);
    return again;
  });
}

function placeOf(origin: StreamOriginConfig): (string | undefined)[] {
  return [origin.name, isExternal(origin) ? origin.externalApiPrefix ?? '' : undefined];
}

/** As the server tells the sources of a stream apart. */
function identity(origin: StreamOriginConfig, version: NatsVersion): string {
  const consumer = isSince(version, NatsVersion.V2_14) ? consumerOf(origin)?.name : undefined;
  const chosen = origin.subjectTransforms.length === 0
    ? [[origin.filterSubject || '>', '>']]
    : origin.subjectTransforms.map(({ source, destination }) => [source || '>', destination || '>']);
  return JSON.stringify([...placeOf(origin), consumer, chosen]);
}

/** Streams from which a stream gathers. */
export const sources: StreamRule[] = [
  serverRule('STREAM-SOURCE-NAME', 'A source names a stream.', 'sourced stream name is invalid',
    each(({ words, origin: { name } }, { version }) => !isOriginName(name, version) && { what: `${words}.name is '${name}'`, allowed: 'the name of a stream: no white space, nor . * > / \\' })),
  serverRule('STREAM-SOURCE-TWICE', 'No source stands there twice.', 'duplicate source configuration detected',
    (config, { version }) => repeated(config, (origin) => identity(origin, version)).map(({ words, origin }) => ({
      what: `${words} repeats an earlier source of '${origin.name}'`, allowed: 'sources of one stream whose filters or transforms differ', fix: 'leave it out',
    }))),
  assetRule({
    id: 'STREAM-SOURCE-OVERLAP',
    level: RuleLevel.WARNING,
    statement: 'The filters of several sources of one stream do not overlap: what matches two is copied twice.',
    source: 'nats-server accepts them (measured)',
  }, (config) => {
    const byPlace = new Map<string, NamedOrigin[]>();
    for (const named of sourcesOf(config)) {
      const key = JSON.stringify(placeOf(named.origin));
      byPlace.set(key, [...byPlace.get(key) ?? [], named]);
    }
    return [...byPlace.values()].flatMap((ofOne) => ofOne.flatMap((named, index) => {
      const other = ofOne.slice(0, index).find(({ origin }) => filtersOf(origin).some((a) => filtersOf(named.origin).some((b) => collide(a, b))));
      return other === undefined ? [] : [{ what: `${named.words} and ${other.words} both copy from '${named.origin.name}', and their filters overlap`, fix: 'let each message match one' }];
    }));
  }),
  serverRule('STREAM-SOURCE-FILTER', 'The filter of a source is a subject.', "subject filter 'a..b' for the source: invalid subject",
    each(({ words, origin: { filterSubject } }) => !!filterSubject && !isSubject(filterSubject) && { what: `${words}.filterSubject is '${filterSubject}'`, allowed: 'a subject' })),
  serverRule('STREAM-SOURCE-FILTER-TRANSFORMS', 'A source has either a filter or transforms.', 'source with multiple subject transforms cannot also have a single subject filter',
    each(({ words, origin }) => !!origin.filterSubject && origin.subjectTransforms.length > 0 && {
      what: `${words} has filterSubject and subjectTransforms`, allowed: 'one of them', fix: 'put the filter into source of a transform',
    })),
  serverRule('STREAM-SOURCE-TRANSFORM', 'The transforms of a source lead from subjects to subjects.', 'source transform: invalid subject',
    each(({ words, origin }, place) => transformsMistakes(`${words}.subjectTransforms`, origin.subjectTransforms, place))),
  serverRule('STREAM-SOURCE-TRANSFORM-OVERLAP', 'No source of a transform is part of another, within one source.', 'source filters can not overlap',
    each(({ words, origin: { subjectTransforms } }) => subjectTransforms.flatMap(({ source }, index) => {
      const other = subjectTransforms.find((transform, position) => position !== index && covers(transform.source, source));
      return other === undefined ? [] : [{ what: `${words}.subjectTransforms has the source '${source}', which is part of '${other.source}'`, allowed: 'sources of which none is part of another' }];
    }))),
  serverRule('STREAM-SOURCE-SCHEDULES', 'A stream with sources schedules no messages.', 'stream source can not also schedule messages',
    (config) => config.allowMsgSchedules && config.sources.length > 0 && { what: 'sources and allowMsgSchedules are both given', allowed: 'one of them', fix: 'leave allowMsgSchedules out' }),
  serverRule('STREAM-SOURCE-CONSUMER', 'The consumer of a source has a name and a delivery subject, and the source has no beginning and no filter of its own.', 'stream source consumer config is invalid',
    each(consumerMistake)),
  serverRule('STREAM-SOURCE-CONSUMER-TWICE', 'No consumer serves two sources.', 'duplicate stream source consumer detected',
    (config, { version }) => !isSince(version, NatsVersion.V2_14) ? [] : repeated(config, (origin) => {
      const consumer = consumerOf(origin);
      return consumer && JSON.stringify([...placeOf(origin), consumer.name]);
    }).map(({ words, origin }) => ({ what: `${words}.consumer is '${origin.consumer!.name}', which serves another source already`, allowed: 'a consumer for each source' }))),
];

function filtersOf({ filterSubject, subjectTransforms }: StreamOriginConfig): string[] {
  return subjectTransforms.length === 0 ? [filterSubject || '>'] : subjectTransforms.map(({ source }) => source || '>');
}
