import { Broken, broken } from '../core/broken';
import { Rule } from '../core/rule';

const version = String.raw`v?(\d+|[xX*])(\.(\d+|[xX*])){0,2}(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?`;
const constraint = String.raw`(=|!=|>|<|>=|=>|<=|=<|~|~>|\^)?\s*${version}`;
const between = new RegExp(String.raw`\s*${version}\s+-\s+${version}\s*`, 'g');
const all = new RegExp(String.raw`^\s*${constraint}\s*((\s+|,\s*)${constraint}\s*)*$`);

/** Whether a text is a range of versions as Flux and Helm read it, such as `>=1.20.0 <2.0.0`, `1.x`, `~2.1 || ^3`. */
export function isVersionRange(text: string): boolean {
  return text.split('||').every((part) => all.test(part.replace(between, ' 0 0 ')));
}

/** @see https://github.com/Masterminds/semver#checking-version-constraints */
export function versionRangeMistakes(rule: Rule, prop: string, text: string): Broken[] {
  return broken(rule, typeof text !== 'string' || !isVersionRange(text), { what: `${prop} is '${text}'`, allowed: 'a range of versions such as 1.x, ^1.2.3, or >=1.20.0 <2.0.0' });
}
