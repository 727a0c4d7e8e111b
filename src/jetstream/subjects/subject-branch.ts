/** A subject, and whose it is: the place of its owner in the order in which they come. */
export interface OwnedSubject {
  readonly subject: string;
  readonly owner: number;
}

/** A subject among others, and whether it has been found to collide with that of an earlier owner. */
export interface Member<T extends OwnedSubject> {
  readonly given: T;
  readonly tokens: string[];
  found: boolean;
}

/** The members of a branch by their next token. */
interface Parts<T extends OwnedSubject> {
  /** Those without a next token. */
  readonly ended?: Branch<T>;
  /** All others. */
  readonly longer?: Branch<T>;
  /** Those of the others whose next and last token is >, which stands for any number of tokens. */
  readonly rest?: Branch<T>;
  readonly next: ReadonlyMap<string, Branch<T>>;
  /** Tokens among those of `next` that begin with *, and with >. */
  readonly stars: string[];
  readonly arrows: string[];
}

/**
 * A branch of a tree of subjects: those that share their first tokens, in the order of their owners. It is divided by the next token only when
 * somebody asks, as most branches belong to one owner and need no further look.
 */
export class Branch<T extends OwnedSubject> {
  /** The root of a tree. */
  public static of<T extends OwnedSubject>(subjects: readonly T[]): Branch<T> {
    const members = subjects.map((given) => ({ given, tokens: given.subject.split('.'), found: false }));
    return new Branch(members.sort((a, b) => a.given.owner - b.given.owner), 0);
  }

  private divided?: Parts<T>;
  /** All members from this index on are found. */
  private open: number;

  private constructor(public readonly members: Member<T>[], private readonly depth: number) {
    this.open = members.length;
  }

  public get first(): T {
    return this.members[0].given;
  }

  /** Whether a member of a later owner is not found yet. */
  public hasLater(owner: number): boolean {
    while (this.open > 0 && this.members[this.open - 1].found) this.open -= 1;
    return this.open > 0 && this.members[this.open - 1].given.owner > owner;
  }

  /** Finds the members of later owners, and gives those that had not been. */
  public findLater(owner: number): T[] {
    const later: T[] = [];
    for (; this.hasLater(owner); this.open -= 1) {
      this.members[this.open - 1].found = true;
      later.push(this.members[this.open - 1].given);
    }
    return later;
  }

  public get parts(): Parts<T> {
    return this.divided ??= this.divide();
  }

  private divide(): Parts<T> {
    const ended: Member<T>[] = [];
    const rest: Member<T>[] = [];
    const next = new Map<string, Member<T>[]>();
    for (const member of this.members) {
      const token = member.tokens[this.depth];
      if (token === undefined) ended.push(member);
      else if (token === '>') rest.push(member);
      else if (next.has(token)) next.get(token)!.push(member);
      else next.set(token, [member]);
    }
    return {
      ended: this.branch(ended),
      longer: ended.length === 0 ? this : this.branch(this.members.filter(({ tokens }) => tokens.length > this.depth)),
      rest: this.branch(rest),
      next: new Map([...next].map(([token, members]) => [token, this.branch(members)!])),
      stars: [...next.keys()].filter((token) => token.startsWith('*')),
      arrows: [...next.keys()].filter((token) => token.startsWith('>')),
    };
  }

  private branch(members: Member<T>[]): Branch<T> | undefined {
    return members.length > 0 ? new Branch(members, this.depth + 1) : undefined;
  }
}
