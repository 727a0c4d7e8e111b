import { subjectsOf } from './stream-rule';
import { RuleLevel } from '../../../core/rule';
import { collide } from '../../../nats/subject';
import { withWildcards } from '../../../nats/subject-transform';
import { StreamConfig } from '../../stream/stream-config';
import { SubjectTree } from '../../subjects/subject-tree';
import { JointMistake, jointRule } from '../asset-rule';
import { JetStreamPlace } from '../place';

/** A stream that republishes, and where that may lead. */
interface Sender {
  readonly config: StreamConfig;
  readonly subjects: string[];
  readonly takes: string;
  readonly reaches: string;
}

export const republishLoops = jointRule<StreamConfig, JetStreamPlace>({
  id: 'STREAMS-REPUBLISH-LOOP',
  level: RuleLevel.GUARDED,
  statement: 'What a stream republishes does not come back to it through other streams.',
  source: 'nats-server looks at each stream alone; of one message between two such streams each kept 256 copies (measured)',
}, (streams) => {
  const told = new Set<Sender>();
  const senders = withinLoops(streams.flatMap(senderOf));
  return [...senders].reverse().flatMap((sender): JointMistake<StreamConfig>[] => {
    const way = told.has(sender) ? undefined : wayBack(sender, senders);
    if (!way) return [];
    for (const one of way) told.add(one);
    const names = [...way, sender].map(({ config }) => `'${config.name}'`).join(' to ');
    return [{ config: sender.config, mistake: { what: `what is republished goes round, from ${names}`, allowed: 'republishing that ends', fix: 'let one of them republish to other subjects' } }];
  });
});

function senderOf(config: StreamConfig): Sender[] {
  const { republish } = config;
  return republish ? [{ config, subjects: subjectsOf(config), takes: republish.source || '>', reaches: withWildcards(republish.destination) }] : [];
}

/** Without those that lead to no other, or to which no other leads: few are left to be looked at in pairs, and mostly none. */
function withinLoops(senders: Sender[]): Sender[] {
  const kept = new SubjectTree(senders.flatMap(({ subjects }) => subjects));
  const reached = new SubjectTree(senders.map(({ reaches }) => reaches));
  const inner = senders.filter(({ reaches, subjects }) => kept.colliding(reaches) && subjects.some((subject) => reached.colliding(subject)));
  return inner.length === senders.length ? senders : withinLoops(inner);
}

/** The streams through which a message comes back, itself first. */
function wayBack(start: Sender, senders: Sender[]): Sender[] | undefined {
  const before = new Map<Sender, Sender>();
  const queue = [start];
  for (let current = queue.shift(); current; current = queue.shift()) {
    const from = current;
    for (const next of senders.filter((other) => other !== from && leadsTo(from, other))) {
      if (next === start) return backFrom(from, before);
      if (before.has(next)) continue;
      before.set(next, from);
      queue.push(next);
    }
  }
  return undefined;
}

function leadsTo({ reaches }: Sender, { subjects, takes }: Sender): boolean {
  return collide(reaches, takes) && subjects.some((subject) => collide(reaches, subject));
}

function backFrom(last: Sender, before: Map<Sender, Sender>): Sender[] {
  const way = [last];
  for (let current = before.get(last); current; current = before.get(current)) way.unshift(current);
  return way;
}
