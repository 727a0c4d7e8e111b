import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', ...markdownBelow('docs')];

function markdownBelow(folder: string): string[] {
  return fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md')).map((file) => path.join(folder, file));
}

/** What the documents link to within the project: `file#heading`, seen from the root. */
function linksOf(document: string): string[] {
  const text = fs.readFileSync(path.join(ROOT, document), 'utf8');
  return [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target]) => {
    const [file, heading] = target.split('#');
    return `${file ? path.join(path.dirname(document), file) : document}${heading ? `#${heading}` : ''}`;
  });
}

/** As GitHub makes them of headings. */
function anchorsOf(document: string): string[] {
  const headings = fs.readFileSync(path.join(ROOT, document), 'utf8').matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-'));
}

function leads(link: string): boolean {
  const [file, heading] = link.split('#');
  return fs.existsSync(path.join(ROOT, file)) && (heading === undefined || anchorsOf(file).includes(heading));
}

test.each(DOCUMENTS)('each link of %s leads to a file and a heading of the project', (document) => {
  expect(linksOf(document).filter((link) => !leads(link))).toEqual([]);
});

test('README leads to each guide', () => {
  expect(linksOf('README.md')).toEqual(expect.arrayContaining(markdownBelow(path.join('docs', 'guides'))));
});
