import { Mistake } from '../../../core/mistake';
import { RuleLevel } from '../../../core/rule';
import { collide, isSubject } from '../../../nats/subject';
import { transformMistake, withWildcards } from '../../../nats/subject-transform';
import { StreamConfig, SubjectTransformConfig } from '../../stream/stream-config';
import { assetRule, serverRule } from '../asset-rule';
import { JetStreamPlace } from '../place';
import { StreamRule, subjectsOf } from './stream-rule';

/** What is wrong with each of several transforms. */
export function transformsMistakes(words: string, transforms: SubjectTransformConfig[], { version }: JetStreamPlace): Mistake[] {
  return transforms.flatMap(({ source, destination }, index) => {
    const what = source !== '' && !isSubject(source) ? `'${source}' is no subject` : transformMistake(source, destination, 'mapping', version);
    return what === undefined ? [] : [{ what: `${words}[${index}] is impossible: ${what}`, allowed: '$1, $2... or functions for the wildcards of the source, and > where the source has it' }];
  });
}

/** Whether all is republished to all, by which the server means the transform of the only subject. */
function isImplicit(config: StreamConfig): boolean {
  const { republish, subjectTransform } = config;
  const [subject, ...others] = subjectsOf(config);
  return (republish?.source || '>') === '>' && republish?.destination === '>' && others.length === 0 && subjectTransform?.source === subject;
}

/** Subjects that become others, in the stream or besides it. */
export const transforms: StreamRule[] = [
  serverRule('STREAM-TRANSFORM', 'The transform of a stream leads from a subject to a subject.', 'stream transform: invalid subject',
    ({ subjectTransform: transform }, place) => transform && transformsMistakes('subjectTransform', [transform], place).map((mistake) => ({
      ...mistake, what: mistake.what.replace('subjectTransform[0]', 'subjectTransform'),
    }))),
  serverRule('STREAM-REPUBLISH-SOURCE', 'What is republished is named.', 'pedantic mode: republish source can not be empty',
    ({ republish }, { pedantic }) => pedantic && republish?.source === '' && { what: 'republish.source is empty', allowed: 'a subject', fix: "give source: '>' to republish all" }),
  serverRule('STREAM-REPUBLISH-IMPLICIT', 'Republishing > to > does not stand for the transform of the stream.', 'pedantic mode: implicit republish based on subject transform',
    (config, { pedantic }) => pedantic && isImplicit(config) && {
      what: 'republish leads from > to >, which stands for subjectTransform', allowed: 'both said', fix: `give source and destination '${config.subjectTransform!.destination}'`,
    }),
  serverRule('STREAM-REPUBLISH-CYCLE', 'What a stream republishes does not come back into it.', 'stream configuration for republish destination forms a cycle',
    (config) => {
      const { subjectTransform, republish } = config;
      if (!republish) return undefined;
      const destination = isImplicit(config) ? subjectTransform!.destination : republish.destination;
      const subject = subjectsOf(config).find((candidate) => collide(destination, candidate));
      return subject !== undefined && {
        what: `republish.destination is '${destination}', which the stream itself keeps by '${subject}'`, allowed: "a destination outside the stream's subjects", fix: 'put a token before it',
      };
    }),
  assetRule({
    id: 'STREAM-REPUBLISH-LOOP',
    level: RuleLevel.GUARDED,
    statement: 'What a stream republishes does not come back into it by the wildcards of the destination.',
    source: 'nats-server compares the destination as it is written, $1 included, and then republishes what it republished',
  }, (config) => {
    const { republish } = config;
    if (!republish || subjectsOf(config).some((subject) => collide(republish.destination, subject))) return undefined;
    const reached = withWildcards(republish.destination);
    const subject = subjectsOf(config).find((candidate) => isSubject(candidate) && collide(reached, candidate));
    return subject !== undefined && {
      what: `republish.destination is '${republish.destination}', which may become '${subject}' of the stream itself`, allowed: "a destination outside the stream's subjects", fix: 'put a token before it',
    };
  }),
  serverRule('STREAM-REPUBLISH', 'What is republished leads from a subject to a subject.', "stream configuration for republish with transform from 'a.>' to 'z' not valid",
    ({ republish }, { version }) => {
      const mistake = republish && transformMistake(republish.source, republish.destination, 'republish', version);
      return mistake !== undefined && { what: `republish is impossible: ${mistake}`, allowed: '$1, $2... or functions for the wildcards of the source, and > where the source has it' };
    }),
  assetRule({
    id: 'STREAM-REPUBLISH-UNSEEN',
    level: RuleLevel.ERROR,
    statement: 'What is republished goes to a subject that somebody can subscribe to.',
    source: 'nats-server accepts an empty destination, and one with white space, and nobody gets a message (measured)',
  }, ({ republish }) => republish !== undefined && (republish.destination === '' || /[\t\n\f\r ]/.test(republish.destination)) && {
    what: `republish.destination is '${republish.destination}'`, allowed: 'a subject, without white space',
  }),
];
