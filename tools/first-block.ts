import * as fs from 'fs';

/** The first block of code in a language that a document has; without one it throws. */
export function firstBlock(document: string, language: string): string {
  const [, code] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(fs.readFileSync(document, 'utf8')) ?? [];
  if (!code) throw new Error(`${document} has no block of code in ${language}`);
  return code;
}
