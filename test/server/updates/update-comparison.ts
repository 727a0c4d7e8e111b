import { isDeepStrictEqual } from 'util';
import * as fc from 'fast-check';
import { ChangeEffect, NatsVersion as NatsRelease } from '../../../src';
import { ObjectChange } from '../../../src/change/dist-change';
import { somewhere } from '../../../src/change/server-defaults';
import { JetStreamPlace } from '../../../src/jetstream/rules/place';
import { NATS_VERSIONS, NatsVersion } from '../harness/binaries';
import { assertEach, Comparison, ComparisonCounts, ComparisonOptions } from '../harness/comparison';
import { ApiError, ApiRequest, JetStreamApi } from '../harness/jetstream-api';
import { NatsProcess } from '../harness/nats-process';
import { plain } from '../harness/plain';

const CONFIG = 'listen: "127.0.0.1:-1"\nserver_name: a\njetstream { store_dir: store, max_mem: 1G, max_file: 1G }\n';

/** A change of a resource: what we say of it, and what the server does. */
export interface Update {
  readonly said: ObjectChange[];
  /** Why the server refuses it, if it does. */
  readonly refusal?: ApiError;
  /** Messages that the server deletes with it. */
  readonly lost?: number;
  /** What is there afterwards by what is said, and by what the server tells, in the server's words. */
  readonly expected: object;
  readonly found: object;
}

/** What updates have been compared. */
export class UpdateCounts extends ComparisonCounts {
  /** Updates with which the server deleted messages. */
  public lossy = 0;
}

/** A comparison of what we say of changes with what a server does with them. */
export interface UpdateComparison extends Comparison {
  run(options: UpdateComparisonOptions): Promise<UpdateCounts>;
}

export interface UpdateComparisonOptions extends ComparisonOptions {
  /** @default - the newest */
  readonly version?: NatsVersion;
}

/** A resource, and what becomes of it. */
export type Change<Spec> = readonly [before: Spec, after: Spec];

/**
 * What we say of changes, compared with what a server does with them.
 *
 * @param prepare asked of the server first
 * @param update tells what becomes of a change, and leaves nothing behind; undefined where the server does not even take what is there before it
 */
export function updateComparison<Case>({ name, cases, rare = [], prepare = [], update }: {
  readonly name: string;
  readonly cases: fc.Arbitrary<Case>;
  readonly rare?: readonly Case[];
  readonly prepare?: readonly ApiRequest[];
  readonly update: (api: JetStreamApi, one: Case, place: JetStreamPlace) => Promise<Update | undefined>;
}): UpdateComparison {
  return {
    name,
    run: async ({ version = NATS_VERSIONS[NATS_VERSIONS.length - 1], ...options }: UpdateComparisonOptions) => {
      const server = await NatsProcess.start({ version, config: CONFIG });
      const place = { ...somewhere, version: version.replace(/\.\d+$/, '') as NatsRelease };
      const api = await JetStreamApi.connect([server]);
      const counts = new UpdateCounts();
      const property = fc.asyncProperty(cases, async (one) => {
        const made = await update(api, one, place);
        if (!made) return;
        counts.add(agreed(made));
        if (made.lost) counts.lossy += 1;
      });
      try {
        for (const request of prepare) await api.must(request);
        await assertEach(property, options, rare.map((one): [one: Case] => [one]));
        return counts;
      } finally {
        await api.close();
        await server.stop();
      }
    },
  };
}

/** The fields that the server refuses to change, or the rules that say so; a disagreement is an error. */
function agreed({ said, refusal, lost = 0, expected, found }: Update): string[] {
  const refused = said.filter(({ effect }) => effect === ChangeEffect.REFUSED).map(({ field, reason = '' }) => field ?? /\[(.*)\]$/.exec(reason)![1]);
  if ((refusal !== undefined) !== (refused.length > 0)) {
    throw new Error(`nats-server: ${refusal?.description ?? 'accepted'}; said: ${JSON.stringify(said)}`);
  }
  if (!refusal && lost > 0 && !said.some(({ effect }) => effect === ChangeEffect.LOSS)) {
    throw new Error(`nats-server deletes ${lost} messages; said: ${JSON.stringify(said)}`);
  }
  if (!refusal && !isDeepStrictEqual(plain(expected), plain(found))) {
    throw new Error(`nats-server has ${JSON.stringify(plain(found))}; expected: ${JSON.stringify(plain(expected))}; said: ${JSON.stringify(said)}`);
  }
  return [...new Set(refused)];
}

/** What is there after a change, by what is said of it: what is asked for, and what was there where that is ignored. */
export function applied<Config extends object>(before: Config, asked: Config, said: readonly ObjectChange[]): Config {
  const isIgnored = (field: string) => {
    const ofField = said.filter((change) => change.field === field);
    return ofField.length > 0 && ofField.every(({ effect }) => effect === ChangeEffect.IGNORED) && !isKeptInWords(field, asked);
  };
  return { ...asked, ...Object.fromEntries(Object.entries(before).filter(([field]) => isIgnored(field))) };
}

/** The server keeps a first sequence of which it makes nothing. */
function isKeptInWords(field: string, asked: { readonly firstSequence?: number }): boolean {
  return field === 'firstSequence' && asked.firstSequence !== undefined;
}

/** One of several values, or none. */
export function maybe<T>(...values: T[]): fc.Arbitrary<T | undefined> {
  return fc.constantFrom<T | undefined>(undefined, ...values);
}

type Fields = { readonly [field: string]: fc.Arbitrary<unknown> };

/**
 * A resource of which most fields are left out, because else the server refuses nearly all, and the same with a few fields changed.
 *
 * @param fields few values each, so that two resources often differ in one and agree in the others
 * @param always fields that are never left out
 * @param most how many others are given at most
 */
export function changesOf<Spec extends object>(fields: Fields, always: Fields, most: number): fc.Arbitrary<Change<Spec>> {
  const all = { ...fields, ...always };
  const some = (minLength: number, maxLength: number) => fc.subarray(Object.keys(all), { minLength, maxLength });
  const drawn = fc.record({ before: fc.record(all), after: fc.record(all), said: some(0, most), changed: some(1, 3) });
  return drawn.map(({ before, after, said, changed }) => {
    const old = pick(before, [...Object.keys(always), ...said]);
    const now = { ...pick(old, Object.keys(old).filter((key) => !changed.includes(key))), ...pick(after, changed) };
    return [old, now] as unknown as Change<Spec>;
  });
}

/** Some fields of a resource, without those that say nothing. */
function pick(from: object, keys: string[]): object {
  return Object.fromEntries(Object.entries(from).filter(([key, value]) => keys.includes(key) && value !== undefined));
}
