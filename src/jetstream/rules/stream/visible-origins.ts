import { isExternal, NamedOrigin, originsOf } from './origins';
import { StreamRule, subjectsOf } from './stream-rule';
import { readableBytes } from '../../../core/bytes';
import { Mistake } from '../../../core/mistake';
import { collide } from '../../../nats/subject';
import { StreamConfig } from '../../stream/stream-config';
import { serverRule } from '../asset-rule';
import { JetStreamPlace } from '../place';

/** The streams of the same account from which a stream copies, as far as they are known. */
function visible(config: StreamConfig, place: JetStreamPlace): (NamedOrigin & { stream: StreamConfig })[] {
  return originsOf(config).flatMap((named) => {
    const stream = isExternal(named.origin) ? undefined : place.stream(named.origin.name);
    return stream ? [{ ...named, stream }] : [];
  });
}

function tooSmall(config: StreamConfig, { words, stream }: NamedOrigin & { stream: StreamConfig }): Mistake[] {
  const [own = 0, others = 0] = [config.maxMsgSize, stream.maxMsgSize];
  return own > 0 && others > 0 && own < others ? [{
    what: `maxMsgSize is ${readableBytes(own)}, but ${words} '${stream.name}' has messages of up to ${readableBytes(others)}`,
    allowed: `at least ${readableBytes(others)}`,
    fix: 'leave it out, or raise it',
  }] : [];
}

/** What depends on the streams from which a stream copies; asked again when they are all known. */
export const visibleOrigins: StreamRule[] = [
  serverRule('STREAM-MIRROR-MSG-SIZE', 'A mirror takes messages as large as those of its origin.', 'stream mirror must have max message size >= source',
    (config, place) => visible(config, place).filter(({ words }) => words === 'mirror').flatMap((origin) => tooSmall(config, origin))),
  serverRule('STREAM-SOURCE-MSG-SIZE', 'A stream takes messages as large as those of its sources.', 'stream source must have max message size >= target',
    (config, place) => visible(config, place).filter(({ words }) => words !== 'mirror').flatMap((origin) => tooSmall(config, origin))),
  serverRule('STREAM-MIRROR-DIRECT-ORIGIN', 'mirrorDirect of a mirror is allowDirect of its origin.', 'pedantic mode: origin stream has direct get set, mirror has it disabled',
    (config, place) => visible(config, place).filter(({ words, stream }) => place.pedantic && words === 'mirror' && stream.allowDirect !== config.mirrorDirect).map(({ stream }) => ({
      what: `mirrorDirect is ${config.mirrorDirect}, but allowDirect of '${stream.name}' is ${stream.allowDirect}`, allowed: 'the same', fix: `give mirrorDirect: ${stream.allowDirect}`,
    }))),
  serverRule('STREAM-ORIGIN-DELIVER-OVERLAP', 'A delivery prefix leads out of the subjects of all streams from which the stream copies.', 'stream external delivery prefix pfx overlaps with stream subject >',
    (config, place) => {
      const prefixes = originsOf(config).map(({ origin }) => origin.externalDeliverPrefix).filter((prefix) => !!prefix);
      const subjects = visible(config, place).flatMap(({ stream }) => subjectsOf(stream));
      return prefixes.flatMap((prefix) => subjects.filter((subject) => collide(subject, `${prefix}.${subject}`)).map((subject) => ({
        what: `externalDeliverPrefix '${prefix}' leads back into '${subject}', which another of the origins keeps`, allowed: 'a prefix outside these subjects',
      })));
    }),
  serverRule('STREAM-ORIGIN-CYCLE', 'No stream copies from itself, through whichever streams; one that it copies from both directly and through another comes after that other.', 'detected cycle',
    (config, place) => {
      const met = cycleOf(config, place);
      if (met === undefined) return undefined;
      return met === config.name
        ? { what: 'the stream copies from itself, or from one that copies from it', allowed: 'streams of which none leads back', fix: 'leave out the one that does' }
        : {
          what: `the stream copies from '${met}' in two ways, which the server takes for a cycle`,
          allowed: `'${met}' after those that copy from it`,
          fix: `name '${met}' later in sources, or leave it out`,
        };
    }),
];

/** As the server searches, in breadth: the stream at which it is for the second time. It takes a stream that is reached in two ways for a cycle, in some orders. */
function cycleOf(config: StreamConfig, place: JetStreamPlace): string | undefined {
  const queue = [config];
  const visited = new Set<string>();
  for (let current = queue.shift(); current; current = queue.shift()) {
    visited.add(current.name);
    for (const source of current.sources) {
      if (isExternal(source)) continue;
      const stream = place.stream(source.name);
      if (!visited.has(source.name)) {
        if (stream) queue.push(stream);
      } else if (!source.filterSubject || current.subjects.some((subject) => collide(subject, source.filterSubject!))) {
        return source.name;
      }
    }
    const { mirror } = current;
    if (!mirror || isExternal(mirror)) continue;
    if (visited.has(mirror.name)) return mirror.name;
    const stream = place.stream(mirror.name);
    if (stream) queue.push(stream);
  }
  return undefined;
}
