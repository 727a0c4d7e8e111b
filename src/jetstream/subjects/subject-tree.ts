import { Branch, OwnedSubject } from './subject-branch';
import { collide, covers, hasWildcard } from '../../nats/subject';

/** A subject that collides with that of an earlier owner. */
export interface Collision<T extends OwnedSubject> {
  readonly subject: T;
  readonly earlier: T;
}

/**
 * Each subject that collides with one of an earlier owner, as nats-server's SubjectsCollide tells, with one of those; in the order of owners. The subjects
 * are valid. Instead of comparing each with each, two trees of subjects are walked at the same time wherever their tokens can match, so that the time
 * grows with the number of subjects, and with that of different wildcards only.
 */
export function collisions<T extends OwnedSubject>(subjects: readonly T[]): Collision<T>[] {
  const found: Collision<T>[] = [];
  const [literal, wildcard] = bothTrees(subjects);
  const walk = new Walk<T>((subject, earlier) => found.push({ subject, earlier }));
  walk.literals(literal, literal);
  walk.literalAndWildcard(literal, wildcard);
  walk.wildcards(wildcard, wildcard);
  return found.sort((a, b) => a.subject.owner - b.subject.owner || compare(a.subject.subject, b.subject.subject));
}

/** So many subjects are asked one by one in less time than it takes to make a tree of them. */
const FEW = 20;

/** Subjects to be asked what meets them, many times. */
export class SubjectTree {
  private readonly trees?: { readonly all: Branch<OwnedSubject>; readonly literal?: Branch<OwnedSubject>; readonly wildcard?: Branch<OwnedSubject> };

  constructor(private readonly subjects: readonly string[]) {
    if (subjects.length <= FEW) return;
    const owned = subjects.map((subject) => ({ subject, owner: 0 }));
    const [literal, wildcard] = bothTrees(owned);
    this.trees = { all: Branch.of(owned), literal, wildcard };
  }

  /** A subject of the tree that collides with the given one. */
  public colliding(subject: string): string | undefined {
    if (!this.trees) return this.subjects.find((one) => collide(one, subject));
    let meets: string | undefined;
    const walk = new Walk<OwnedSubject>((_, earlier) => { meets = earlier.subject; });
    const [literal, wildcard] = bothTrees([{ subject, owner: 1 }]);
    walk.literals(literal, this.trees.literal);
    walk.literalAndWildcard(literal, this.trees.wildcard);
    walk.literalAndWildcard(this.trees.literal, wildcard);
    walk.wildcards(wildcard, this.trees.wildcard);
    return meets;
  }

  /** The subjects of the tree that cover the given one, as nats-server's subset match tells. */
  public covering(subject: string): string[] {
    return this.trees ? [...coveringOf(this.trees.all, subject.split('.'), 0)] : this.subjects.filter((one) => covers(one, subject));
  }
}

function bothTrees<T extends OwnedSubject>(subjects: readonly T[]): (Branch<T> | undefined)[] {
  const wildcards = subjects.filter(({ subject }) => hasWildcard(subject));
  const literals = subjects.filter(({ subject }) => !hasWildcard(subject));
  return [literals, wildcards].map((ones) => ones.length > 0 ? Branch.of(ones) : undefined);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Where tokens that are not alike match: those that begin with a wildcard, with all others. nats-server looks at their first character only. */
interface Loose {
  readonly a: ('stars' | 'arrows')[];
  readonly b: ('stars' | 'arrows')[];
}

/** Two trees, walked wherever a subject of one can collide with a subject of the other. */
class Walk<T extends OwnedSubject> {
  constructor(private readonly report: (subject: T, earlier: T) => void) {}

  public literals(a: Branch<T> | undefined, b: Branch<T> | undefined): void {
    this.trees(a, b, { a: [], b: [] });
  }

  public literalAndWildcard(a: Branch<T> | undefined, b: Branch<T> | undefined): void {
    this.trees(a, b, { a: [], b: ['stars'] });
  }

  public wildcards(a: Branch<T> | undefined, b: Branch<T> | undefined): void {
    this.trees(a, b, { a: ['stars', 'arrows'], b: ['stars', 'arrows'] });
  }

  private trees(a: Branch<T> | undefined, b: Branch<T> | undefined, loose: Loose): void {
    if (!a || !b || (!a.hasLater(b.first.owner) && !b.hasLater(a.first.owner))) return;
    this.meet(a.parts.ended, b.parts.ended);
    this.meet(a.parts.rest, b.parts.longer);
    this.meet(a.parts.longer, b.parts.rest);
    const few = a.parts.next.size < b.parts.next.size ? a : b;
    for (const token of few.parts.next.keys()) this.trees(a.parts.next.get(token), b.parts.next.get(token), loose);
    const looseOfA = new Set(loose.a.flatMap((kind) => a.parts[kind]));
    for (const token of looseOfA) {
      for (const [other, branch] of b.parts.next) if (other !== token) this.trees(a.parts.next.get(token), branch, loose);
    }
    if (a === b) return;
    for (const token of loose.b.flatMap((kind) => b.parts[kind])) {
      for (const [other, branch] of a.parts.next) if (other !== token && !looseOfA.has(other)) this.trees(branch, b.parts.next.get(token), loose);
    }
  }

  /** Every subject of one collides with every subject of the other. */
  private meet(a: Branch<T> | undefined, b: Branch<T> | undefined): void {
    if (!a || !b) return;
    for (const subject of a.findLater(b.first.owner)) this.report(subject, b.first);
    for (const subject of b.findLater(a.first.owner)) this.report(subject, a.first);
  }
}

function* coveringOf(branch: Branch<OwnedSubject> | undefined, tokens: string[], depth: number): Generator<string> {
  if (!branch) return;
  const { ended, rest, next, stars } = branch.parts;
  if (depth === tokens.length) {
    yield* subjectsOf(ended);
    return;
  }
  yield* subjectsOf(rest);
  const token = tokens[depth];
  yield* coveringOf(next.get(token), tokens, depth + 1);
  if (token === '*' || token === '>') return;
  for (const star of stars) if (star !== token) yield* coveringOf(next.get(star), tokens, depth + 1);
}

function subjectsOf(branch: Branch<OwnedSubject> | undefined): string[] {
  return branch ? branch.members.map(({ given }) => given.subject) : [];
}
