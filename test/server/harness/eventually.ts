/** Asks again and again until the answer is right, and gives it. If it never is, the error has the last answer. */
export async function eventually<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean, milliseconds: number = 20_000): Promise<T> {
  for (const deadline = Date.now() + milliseconds; ;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`not so within ${milliseconds} ms; at last it was ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
