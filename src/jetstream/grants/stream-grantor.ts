import { Construct } from 'constructs';
import { JetStreamGrantOptions, StreamPublishGrant, StreamReadGrant } from './grant-options';
import { GRANT_NOTHING, GRANT_READ_CONSUMERS, GRANT_READ_WIDER, GRANT_ROLLUP, GRANT_SCHEDULES, GRANT_SUBJECT } from './grant-rules';
import { checkNotReserved, checkSubjects } from './granted-subjects';
import { grantIn } from './grantee';
import { namesOf, widerReadings } from './readings';
import { manageGrant, publishGrant, readGrant, StreamReading } from './stream-grants';
import { Mistake } from '../../core/mistake';
import { Rule } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';
import { NatsUser } from '../../nats/auth/nats-user';
import { collide, covers } from '../../nats/subject';
import { StreamConfig, StreamRetention } from '../stream/stream-config';
import type { JetStreamTarget } from '../target/jetstream-target';

/** A stream of which something can be granted. */
export interface GrantedStream {
  readonly construct: Construct;
  readonly name: string;
  readonly target: JetStreamTarget;
  readonly allowsDirect?: boolean;
  /** What it is, if this app describes it. */
  readonly config?: StreamConfig;
}

/** Grants what a stream has, and remembers to whom, for the rules that warn of it. */
export class StreamGrantor {
  private readonly publishers = new Map<NatsUser, string[]>();
  private readonly readers = new Set<NatsUser>();
  private readonly wider: Mistake[] = [];
  private readonly checked = new Set<Rule>();

  constructor(private readonly stream: GrantedStream) {}

  public publish(user: NatsUser, options: StreamPublishGrant): void {
    const { construct, target, config } = this.stream;
    const own = config && this.ownSubjects(config);
    const subjects = options.subjects ?? own;
    if (!subjects) throw GRANT_SUBJECT.error(construct, { what: 'subjects is not given, and this app does not know those of the stream', fix: 'give subjects' });
    if (options.subjects) {
      checkSubjects(construct, 'subjects', subjects, {
        allowed: `subjects of the stream: ${own?.join(', ')}`, isAllowed: (subject) => !own || own.some((stored) => covers(stored, subject)),
      });
    }
    checkNotReserved(construct, subjects);
    grantIn(construct, target, user, publishGrant(subjects), options);
    this.publishers.set(user, [...this.publishers.get(user) ?? [], ...subjects]);
    if (config?.allowRollup) this.check(GRANT_ROLLUP, () => this.rollupFindings());
    if (config?.allowMsgSchedules) this.check(GRANT_SCHEDULES, () => this.scheduleFindings(own!));
  }

  public read(user: NatsUser, options: StreamReadGrant): void {
    const { construct, name, target, allowsDirect: allowDirect } = this.stream;
    const { filterSubjects, legacyConsumers = false } = options;
    const reading = { filterSubjects, orderedConsumers: legacyConsumers || (options.orderedConsumers ?? false), legacyConsumers };
    if (filterSubjects) this.checkFilters(filterSubjects);
    this.checkReading(reading);
    grantIn(construct, target, user, readGrant({ name, allowDirect }, reading), options);
    this.remember(user, reading);
  }

  public manage(user: NatsUser, options: JetStreamGrantOptions): void {
    const { construct, name, target } = this.stream;
    grantIn(construct, target, user, manageGrant(name), options);
  }

  /** What it stores of what is published; an origin's messages are not. */
  private ownSubjects({ subjects, mirror, sources, name }: StreamConfig): string[] {
    const { construct } = this.stream;
    if (mirror || (subjects.length === 0 && sources.length > 0)) {
      throw GRANT_NOTHING.error(construct, { what: `the stream only copies ${mirror ? mirror.name : 'its sources'}, and stores nothing that is published`, fix: 'grant it on the origin' });
    }
    return subjects.length > 0 ? subjects : [name];
  }

  /** Subjects of copies, and those that a transform makes, are not known here. */
  private checkFilters(filterSubjects: string[]): void {
    const { construct, config } = this.stream;
    const known = config && !config.mirror && config.sources.length === 0 && !config.subjectTransform;
    const own = known ? this.ownSubjects(config) : undefined;
    checkSubjects(construct, 'filterSubjects', filterSubjects, {
      allowed: `subjects that the stream stores: ${own?.join(', ')}`, isAllowed: (subject) => !own || own.some((stored) => collide(stored, subject)),
    });
  }

  private checkReading({ filterSubjects, orderedConsumers }: StreamReading): void {
    const { construct, config, allowsDirect } = this.stream;
    if (orderedConsumers && config?.retention === StreamRetention.WORK_QUEUE) {
      throw GRANT_NOTHING.error(construct, {
        what: 'ordered consumers do not acknowledge, and a work queue wants acknowledgements', allowed: 'single messages', fix: 'add a consumer and use its grantConsume',
      });
    }
    if (filterSubjects && !orderedConsumers && allowsDirect === false) {
      throw GRANT_NOTHING.error(construct, {
        what: 'filterSubjects is given for a stream without allowDirect, which gives single messages only to those who may read all',
        allowed: 'allowDirect on the stream, orderedConsumers, or no filterSubjects',
      });
    }
  }

  private remember(user: NatsUser, { filterSubjects, orderedConsumers, legacyConsumers }: StreamReading): void {
    this.wider.push(...filterSubjects ? widerReadings(user, 'filterSubjects', filterSubjects, legacyConsumers) : []);
    if (this.wider.length > 0) this.check(GRANT_READ_WIDER, () => this.wider);
    if (!orderedConsumers) return;
    this.readers.add(user);
    this.check(GRANT_READ_CONSUMERS, () => this.consumerFindings());
  }

  private consumerFindings(): Mistake[] {
    const { name, target } = this.stream;
    const consumers = [...target._assets.consumersOf(name)].map(({ config }) => config.name);
    return consumers.length === 0 ? [] : [{
      what: `${namesOf(this.readers)} may make ordered consumers of stream '${name}', and so change its consumers ${consumers.sort().join(', ')} and take what they would deliver`,
      allowed: 'ordered consumers of a stream without others',
      fix: 'give the user a consumer of its own with addConsumer and grantConsume, or let it read a mirror',
    }];
  }

  private rollupFindings(): Mistake[] {
    return [{
      what: `${namesOf(this.publishers.keys())} may publish to stream '${this.stream.name}', and with allowRollup remove all its messages with one`,
      allowed: 'publishers who may remove all messages',
      fix: 'leave allowRollup out',
    }];
  }

  private scheduleFindings(own: string[]): Mistake[] {
    const mayAll = (subjects: string[]) => own.every((stored) => subjects.some((subject) => covers(subject, stored)));
    const restricted = [...this.publishers].filter(([, subjects]) => !mayAll(subjects)).map(([user]) => user);
    return restricted.length === 0 ? [] : [{
      what: `${namesOf(restricted)} may publish to some subjects of stream '${this.stream.name}', and with allowMsgSchedules, by a schedule, to all`,
      allowed: 'publishers to all subjects of the stream',
      fix: 'schedule in a stream of its own, or leave allowMsgSchedules out',
    }];
  }

  private check(rule: Rule, find: () => Mistake[]): void {
    if (this.checked.has(rule)) return;
    this.checked.add(rule);
    checkAtSynth(this.stream.construct, rule, find);
  }
}
