import { Expression } from './prometheus-process';

/** Series that an expression reads, and the labels by which it tells them apart. */
export interface Selected {
  readonly metric: string;
  readonly labels: string[];
}

/** What an expression reads. A label by which it groups, or matches with others, is one that all series below have. */
export function selectedBy(expression: Expression, around: string[] = []): Selected[] {
  const { type, op, name, matchers = [], grouping = [], matching } = expression as Expression & {
    op?: string; name?: string; matchers?: { name: string }[]; grouping?: string[]; matching?: { labels: string[] };
  };
  if (type === 'vectorSelector' || type === 'matrixSelector') {
    return [{ metric: name!, labels: [...new Set([...matchers.map((matcher) => matcher.name), ...around])].filter((label) => label !== '__name__').sort() }];
  }
  const inside = type === 'aggregation' ? grouping : [...around, ...matching?.labels ?? []];
  return ['expr', 'lhs', 'rhs', 'args', 'param'].flatMap((part) => {
    // What stands behind these is only looked at, and is not in the result.
    const labels = part === 'rhs' && (op === 'and' || op === 'unless') ? matching?.labels : inside;
    return ([expression[part] ?? []].flat() as Expression[]).flatMap((inner) => selectedBy(inner, labels));
  });
}
