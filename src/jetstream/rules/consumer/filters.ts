import { ConsumerRule, filtersOf } from './consumer-rule';
import { deliveredBy } from './stream-subjects';
import { RuleLevel } from '../../../core/rule';
import { isSubject } from '../../../nats/subject';
import { DeliverPolicy } from '../../consumer/consumer-config';
import { SubjectTree } from '../../subjects/subject-tree';
import { assetRule, serverRule } from '../asset-rule';

/** Which messages a consumer delivers. */
export const filters: ConsumerRule[] = [
  serverRule('CONSUMER-FILTER', 'What a consumer delivers are subjects.', 'invalid subject',
    (config) => filtersOf(config).filter((filter) => !isSubject(filter)).map((filter) => ({
      what: `filterSubjects has ${JSON.stringify(filter)}, which is no subject`,
      allowed: 'tokens without white space between dots, * for one token, > at the end for all that follow',
      fix: filter === '' ? 'leave it out' : 'mend it',
    }))),
  assetRule({
    id: 'CONSUMER-FILTER-EMPTY',
    level: RuleLevel.ERROR,
    statement: 'The filter of a consumer is not empty.',
    source: 'NACK does not send an empty filter, so that everything is delivered',
  }, ({ filterSubjects }) => filterSubjects.length === 1 && filterSubjects[0] === '' && {
    what: 'filterSubjects has an empty text, so that everything is delivered', allowed: 'subjects', fix: 'leave filterSubjects out if all messages are meant',
  }),
  serverRule('CONSUMER-FILTER-OVERLAP', 'No filter of a consumer lies within another.', 'consumer subject filters cannot overlap',
    (config) => {
      const valid = filtersOf(config).filter(isSubject);
      if (valid.length < 2) return undefined;
      const allowed = 'filters of which none lies within another';
      const tree = new SubjectTree(valid);
      return [...new Set(valid)].flatMap((filter) => {
        const [other] = tree.covering(filter).filter((covering) => covering !== filter);
        if (other !== undefined) return [{ what: `filterSubjects has '${filter}', which lies within '${other}'`, allowed, fix: 'leave the narrower one out' }];
        return tree.covering(filter).length > 1 ? [{ what: `filterSubjects has '${filter}' twice`, allowed, fix: 'leave one of them out' }] : [];
      });
    }),
  assetRule({
    id: 'CONSUMER-FILTER-OUTSIDE',
    level: RuleLevel.ERROR,
    statement: 'A filter meets a subject of its stream; one that does not delivers nothing.',
    source: 'nats-server accepts a filter that matches nothing (measured)',
  }, (config, { origin }) => {
    const subjects = origin && deliveredBy(origin);
    return subjects && filtersOf(config).filter((filter) => isSubject(filter) && subjects.colliding(filter) === undefined).map((filter) => ({
      what: `filterSubjects has '${filter}', of which stream '${origin.name}' keeps nothing`,
      allowed: `subjects within ${listed(origin.subjects.length > 0 ? origin.subjects : [origin.name])}`,
      fix: 'mend the filter, or add the subject to the stream',
    }));
  }),
  serverRule('CONSUMER-LAST-PER-SUBJECT', 'A consumer that begins with the last message of each subject says of which subjects.', 'consumer delivery policy is deliver last per subject, but optional filter subject is not set',
    (config) => config.deliverPolicy === DeliverPolicy.LAST_PER_SUBJECT && filtersOf(config).length === 0 && {
      what: 'deliverPolicy is lastPerSubject, but there is no filter', allowed: 'filterSubjects', fix: "give filterSubjects: ['>'] for all subjects",
    }),
];

const MOST_LISTED = 5;

function listed(subjects: string[]): string {
  const rest = subjects.length > MOST_LISTED ? ` and ${subjects.length - MOST_LISTED} more` : '';
  return subjects.slice(0, MOST_LISTED).map((subject) => `'${subject}'`).join(', ') + rest;
}
