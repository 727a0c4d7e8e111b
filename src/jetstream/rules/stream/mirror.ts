import { consumerMistake, isExternal, isOriginName } from './origins';
import { StreamRule } from './stream-rule';
import { transformsMistakes } from './transforms';
import { collide, isSubject } from '../../../nats/subject';
import { StreamConfig, SubjectTransformConfig } from '../../stream/stream-config';
import { serverRule } from '../asset-rule';

const NO_TRANSFORMS = { subjectTransforms: [] as SubjectTransformConfig[] };

/** A rule about what a mirror cannot have. */
function without(id: string, prop: string, answer: string, has: (config: StreamConfig) => boolean): StreamRule {
  return serverRule(id, `A mirror has no ${prop}.`, answer,
    (config) => config.mirror !== undefined && has(config) && { what: `mirror and ${prop} are both given`, allowed: 'one of them', fix: `leave ${prop} out: a mirror is what its origin is` });
}

/** A stream that is the copy of another. */
export const mirror: StreamRule[] = [
  without('STREAM-MIRROR-FIRST-SEQUENCE', 'firstSequence', 'stream mirrors can not have first sequence configured', ({ firstSequence = 0 }) => firstSequence > 0),
  without('STREAM-MIRROR-SUBJECTS', 'subjects', 'stream mirrors can not contain subjects', ({ subjects }) => subjects.length > 0),
  without('STREAM-MIRROR-SOURCES', 'sources', 'stream mirrors can not also contain other sources', ({ sources }) => sources.length > 0),
  without('STREAM-MIRROR-COUNTER', 'allowMsgCounter', 'stream mirrors can not also calculate counters', ({ allowMsgCounter }) => allowMsgCounter),
  without('STREAM-MIRROR-ATOMIC', 'allowAtomicPublish', 'stream mirrors can not also use atomic publishing', ({ allowAtomicPublish }) => allowAtomicPublish),
  without('STREAM-MIRROR-BATCHED', 'allowBatched', 'stream mirrors can not also use batch publishing', ({ allowBatched }) => allowBatched),
  without('STREAM-MIRROR-SCHEDULES', 'allowMsgSchedules', 'stream mirrors can not also schedule messages', ({ allowMsgSchedules }) => allowMsgSchedules),
  without('STREAM-MIRROR-MARKER', 'subjectDeleteMarkerTtl', 'subject delete markers forbidden on mirrors', ({ subjectDeleteMarkerTtl = 0 }) => subjectDeleteMarkerTtl > 0),
  serverRule('STREAM-MIRROR-NAME', 'A mirror names its origin.', 'mirrored stream name is invalid',
    ({ mirror: origin }, { version }) => origin !== undefined && !isExternal(origin) && !isOriginName(origin.name, version) && {
      what: `mirror.name is '${origin.name}'`, allowed: 'the name of a stream: no white space, nor . * > / \\',
    }),
  serverRule('STREAM-MIRROR-CONSUMER', 'The consumer of a mirror has a name and a delivery subject, and the mirror has no beginning and no filter of its own.', 'stream mirror consumer config is invalid',
    ({ mirror: origin }, place) => origin && consumerMistake({ words: 'mirror', origin }, place)),
  serverRule('STREAM-MIRROR-FILTER', 'The filter of a mirror is a subject.', "subject filter 'x..y' for the mirror invalid subject",
    ({ mirror: origin }) => !!origin?.filterSubject && !isSubject(origin.filterSubject) && { what: `mirror.filterSubject is '${origin.filterSubject}'`, allowed: 'a subject' }),
  serverRule('STREAM-MIRROR-FILTER-TRANSFORMS', 'A mirror has either a filter or transforms.', 'mirror with multiple subject transforms cannot also have a single subject filter',
    ({ mirror: origin }) => !!origin?.filterSubject && origin.subjectTransforms.length > 0 && {
      what: 'mirror has filterSubject and subjectTransforms', allowed: 'one of them', fix: 'put the filter into source of a transform',
    }),
  serverRule('STREAM-MIRROR-TRANSFORM', 'The transforms of a mirror lead from subjects to subjects.', 'mirror transform: invalid subject',
    ({ mirror: origin }, place) => origin && transformsMistakes('mirror.subjectTransforms', origin.subjectTransforms, place)),
  serverRule('STREAM-MIRROR-TRANSFORM-OVERLAP', 'The sources of the transforms of a mirror do not overlap.', 'mirror subject filters can not overlap',
    ({ mirror: { subjectTransforms } = NO_TRANSFORMS }) => subjectTransforms.flatMap(({ source }, index) => {
      const earlier = subjectTransforms.slice(0, index).find((other) => collide(other.source, source));
      return earlier === undefined ? [] : [{
        what: `mirror.subjectTransforms has the sources '${earlier.source}' and '${source}', which overlap`, allowed: 'sources that do not overlap',
      }];
    })),
];
