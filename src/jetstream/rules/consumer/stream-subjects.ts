import { isSubject } from '../../../nats/subject';
import { withWildcards } from '../../../nats/subject-transform';
import { StreamConfig } from '../../stream/stream-config';
import { SubjectTree } from '../../subjects/subject-tree';
import { subjectsOf } from '../stream/stream-rule';

/** A stream has many consumers, and may have many subjects: each consumer asks the same trees. */
const kept = new WeakMap<StreamConfig, SubjectTree>();
const delivered = new WeakMap<StreamConfig, SubjectTree>();

/** The subjects that a stream listens to. */
export function keptBy(stream: StreamConfig): SubjectTree {
  return treeOf(kept, stream, () => subjectsOf(stream));
}

/** The subjects of the messages in a stream, as its consumers see them; undefined where they come from other streams, or from functions. */
export function deliveredBy(stream: StreamConfig): SubjectTree | undefined {
  if (stream.mirror || stream.sources.length > 0) return undefined;
  const transformed = stream.subjectTransform ? [withWildcards(stream.subjectTransform.destination)] : [];
  if (transformed.some((subject) => subject.includes('{{'))) return undefined;
  return treeOf(delivered, stream, () => [...subjectsOf(stream), ...transformed]);
}

function treeOf(trees: WeakMap<StreamConfig, SubjectTree>, stream: StreamConfig, subjects: () => string[]): SubjectTree {
  const tree = trees.get(stream) ?? new SubjectTree(subjects().filter(isSubject));
  trees.set(stream, tree);
  return tree;
}
