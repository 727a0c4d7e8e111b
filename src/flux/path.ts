import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../core/rule';

export const FLUX_PATH = defineRule({
  id: 'FLUX-PATH',
  level: RuleLevel.ERROR,
  statement: 'A path in a source is relative to its root and does not leave it.',
  source: 'kustomize-controller joins path to the folder of the source in a way that keeps it inside: /.. and a leading / are dropped without a word',
});

/** Refuses a directory of a source that is none. */
export function checkDirectory(scope: Construct, prop: string, path: string): void {
  const segments = typeof path === 'string' ? path.split('/') : [];
  const fix = segments[0] === '' && path ? `write '.${path}'` : undefined;
  if (!path || segments[0] === '' || segments.includes('..') || /[\\\n]/.test(path)) {
    throw FLUX_PATH.error(scope, { what: `${prop} is '${path}'`, allowed: 'a path such as ./deploy/production, relative to the root of the source and without ..', fix });
  }
}
