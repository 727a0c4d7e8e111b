import * as path from 'path';
import { firstBlock } from '../first-block';

const GUIDE = path.join(__dirname, '..', '..', 'docs', 'guides', 'languages.md');

/** The program of the guide that is written in a language. */
export function programOfGuide(language: string): string {
  return firstBlock(GUIDE, language);
}

/** The same program with a stream that the servers have no room for. */
export function programWithMistake(language: string): string {
  const program = programOfGuide(language);
  const mistaken = program.replace(/(gibibytes\((?:jsii\.Number\()?)2/i, '$1' + '20');
  if (mistaken === program) throw new Error(`the program in ${language} does not say how large the stream may be`);
  return mistaken;
}

/** What each language says of that. */
export const MISTAKE = '[nats/jetstream/orders] maxBytes of 20 GiB is more than the file store of a server; allowed: up to 7.5 GiB; '
  + 'fix: lower maxBytes, or raise fileStore of the cluster [STREAM-STORE-FILE]';
