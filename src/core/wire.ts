/** A value of one of our enums as the L1's: both have the values of the wire, but TypeScript tells enums apart by their names. */
export function wire<L1>(value: string | undefined): L1 | undefined {
  return value as L1 | undefined;
}
