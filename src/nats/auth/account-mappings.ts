import { Construct } from 'constructs';
import { MAPPING_REFUSED, MAPPING_SOURCE } from './account-rules';
import { ConfBlock, ConfValue } from '../conf/conf-value';
import { NatsVersion } from '../nats-version';
import { isSubject } from '../subject';
import { transformMistake } from '../subject-transform';

/** One of the subjects that a mapping leads to. */
export interface NatsMappingDestination {
  /** The subject, with $1, $2... or functions such as `{{partition(3,1)}}` for wildcards of the source. A function that servers of this version do not know throws. */
  readonly subject: string;
  /** Percentage of the messages that go there: a whole number from 0 to 100. */
  readonly weight: number;
  /**
   * Name of the cluster in which it holds.
   * @default - every cluster for which no other destination is named
   */
  readonly cluster?: string;
}

/** Mappings by their source. */
export type MappingsBySource = ReadonlyMap<string, NatsMapping>;

/** The mappings of a list; a second one of a subject throws. */
export function mappingsBySource(scope: Construct, list: NatsMapping[] = [], version: NatsVersion): Map<string, NatsMapping> {
  const mappings = new Map<string, NatsMapping>();
  for (const mapping of list) addMapping(scope, mappings, mapping, version);
  return mappings;
}

/** Adds a mapping; a second one of a subject throws, and so does one that servers of this version do not know. */
export function addMapping(scope: Construct, mappings: Map<string, NatsMapping>, added: NatsMapping, version: NatsVersion): void {
  added._check(scope, version);
  if (mappings.has(added.source)) throw MAPPING_SOURCE.error(scope, { what: `'${added.source}' is mapped twice`, allowed: 'one mapping for each subject', fix: 'use NatsMapping.weighted' });
  mappings.set(added.source, added);
}

export function renderMappings(mappings: MappingsBySource): ConfBlock | undefined {
  return mappings.size === 0 ? undefined : Object.fromEntries([...mappings].map(([source, mapping]) => [source, mapping._render()]));
}

/**
 * A mapping of what the clients of an account publish to other subjects.
 * @see https://docs.nats.io/nats-concepts/subject_mapping
 */
export class NatsMapping {
  /** All messages go to one other subject. */
  public static to(source: string, destination: string): NatsMapping {
    return new NatsMapping(source, [{ subject: destination, weight: 100 }]);
  }

  /**
   * Messages are spread over subjects by weight. What is missing from 100 in a cluster goes to the source, unless that is itself a destination: then it is
   * dropped. A subject named twice throws, in different clusters too.
   */
  public static weighted(source: string, destinations: NatsMappingDestination[]): NatsMapping {
    return new NatsMapping(source, destinations);
  }

  private constructor(
    /** What is published. */
    public readonly source: string,
    private readonly destinations: NatsMappingDestination[],
  ) {}

  /** @internal */
  public _check(scope: Construct, version: NatsVersion): void {
    const refuse = (what: string, allowed: string) => { throw MAPPING_REFUSED.error(scope, { what: `the mapping of '${this.source}' ${what}`, allowed }); };
    if (this.destinations.length === 0 || this.destinations.some(({ subject }) => subject === '')) {
      throw MAPPING_SOURCE.error(scope, { what: `the mapping of '${this.source}' has no destination`, allowed: 'at least one subject' });
    }
    if (!isSubject(this.source)) refuse('is not of a subject', 'tokens without spaces between dots, * for one token, > at the end');
    const seen = new Set<string>();
    const sums = new Map<string, number>();
    for (const { subject, weight, cluster = '' } of this.destinations) {
      if (seen.has(subject)) refuse(`has '${subject}' twice`, 'each destination once');
      seen.add(subject);
      if (!Number.isInteger(weight) || weight < 0 || weight > 100) refuse(`has weight ${weight}`, 'a whole number from 0 to 100');
      const sum = (sums.get(cluster) ?? 0) + weight;
      sums.set(cluster, sum);
      if (sum > 100) refuse(`has weights of ${sum} in all${cluster ? ` in cluster ${cluster}` : ''}`, 'up to 100');
      const mistake = transformMistake(this.source, subject, 'mapping', version);
      if (mistake) refuse(`is impossible: ${mistake}`, 'a subject with $1, $2... for the wildcards of the source, and > where the source has it');
    }
  }

  /** @internal */
  public _render(): ConfValue {
    const [first, ...others] = this.destinations;
    if (others.length === 0 && first.weight === 100 && first.cluster === undefined) return first.subject;
    return this.destinations.map(({ subject, weight, cluster }) => ({ destination: subject, weight, cluster }));
  }
}
