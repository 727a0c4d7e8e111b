/** A stream of the benchmark, and its consumers: what both programs describe. */
export interface StreamShape {
  readonly name: string;
  readonly subjects: string[];
  readonly consumers: { readonly name: string; readonly filterSubjects: string[] }[];
}

const SUBJECTS = 10;

/** Streams with ten subjects and two consumers each. */
export function* streamShapes(count: number): Generator<StreamShape> {
  for (let index = 0; index < count; index++) {
    const name = `orders-${index}`;
    const subjects = Array.from({ length: SUBJECTS }, (_, subject) => `shop.${index}.region-${subject}.>`);
    yield {
      name,
      subjects,
      consumers: [
        { name: 'billing', filterSubjects: [`shop.${index}.region-0.paid`] },
        { name: 'shipping', filterSubjects: [`shop.${index}.region-0.sent`, `shop.${index}.region-1.sent`] },
      ],
    };
  }
}
