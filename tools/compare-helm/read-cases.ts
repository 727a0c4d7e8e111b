import * as fs from 'fs';
import * as path from 'path';
import { isDeepStrictEqual } from 'util';
import { parse, parseAllDocuments } from 'yaml';
import { TRANSLATED, TranslatedCase } from './cases';
import { Manifest } from './leaves';

/** One case of a folder. */
export interface ChartCase extends TranslatedCase {
  readonly name: string;
  /** What the chart renders. */
  readonly rendered: Manifest[];
}

/**
 * The cases of a folder: pairs `<case>.values.yaml` and `<case>.rendered.yaml`. One that nobody knows, that is no pair, or whose values are not
 * those that were translated throws.
 */
export function readCases(folder: string): ChartCase[] {
  const names = [...new Set(fs.readdirSync(folder).flatMap((file) => /^(.*)\.(?:values|rendered)\.yaml$/.exec(file)?.[1] ?? []))].sort();
  if (names.length === 0) throw new Error(`${folder} holds no <case>.values.yaml and <case>.rendered.yaml`);
  const unknown = names.filter((name) => !TRANSLATED[name]);
  if (unknown.length > 0) throw new Error(`nobody has translated the values of ${unknown.join(', ')} into props: add them to tools/compare-helm/cases.ts`);
  return names.map((name) => readCase(folder, name));
}

function readCase(folder: string, name: string): ChartCase {
  const read = (part: string) => fs.readFileSync(path.join(folder, `${name}.${part}.yaml`), 'utf8');
  if (!isDeepStrictEqual(parse(read('values')), TRANSLATED[name].values)) {
    throw new Error(`the values of ${name} are not those that tools/compare-helm/cases.ts translates`);
  }
  const rendered = parseAllDocuments(read('rendered')).map((document) => document.toJS() as Manifest | null);
  return { ...TRANSLATED[name], name, rendered: rendered.filter((object) => object !== null) };
}
