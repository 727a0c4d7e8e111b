/**
 * The documents of a text, as Kubernetes reads it: YAML 1.1. The parser is loaded where somebody needs it: a synth, which only writes YAML, would
 * spend a tenth of its start on it.
 */
export function yamlDocuments(text: string) {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parseAllDocuments }: typeof import('yaml') = require('yaml');
  return parseAllDocuments(text, { version: '1.1' });
}
