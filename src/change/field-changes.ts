import { isDeepStrictEqual } from 'util';
import { ignored, ObjectChange, SAFE, Verdict } from './dist-change';
import { readable } from './readable';

/** What is thought of a change of each field; one that is not named does what it says. */
export type FieldJudges<Config> = { readonly [Field in keyof Config]?: (before: Config, after: Config) => Verdict };

/** What the server has, what it is asked for, and what the resource says. */
interface Versions<Config> {
  readonly before: Config;
  readonly after: Config;
  readonly wanted: Config;
}

const ON_THE_SERVER = 'change it on the server, or make the stream or consumer anew';

/** The changes of each field: those that are asked for, and those that the resource says, but NACK does not ask for. */
export function fieldChanges<Config extends object>({ before, after, wanted }: Versions<Config>, judges: FieldJudges<Config>): ObjectChange[] {
  const fields = [...new Set([before, after, wanted].flatMap(Object.keys))].sort() as (keyof Config & string)[];
  return fields.flatMap((field) => {
    const text = (config: Config) => readable(field, config[field]);
    const [applied, missed] = [!isDeepStrictEqual(before[field], after[field]), !isDeepStrictEqual(after[field], wanted[field])];
    return [
      ...applied ? [{ field, before: text(before), after: text(after), ...(judges[field]?.(before, after) ?? SAFE) }] : [],
      ...missed ? [{ field, before: text(after), after: text(wanted), ...ignored(`NACK sets ${applied ? 'each part of ' : ''}this field, but never clears it`, ON_THE_SERVER) }] : [],
    ];
  });
}
