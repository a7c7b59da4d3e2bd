/** Asks for one thing; those who ask while a question is under way are answered together by the next one. */
export type AskInBatches<Question, Answer> = (question: Question) => Promise<Answer>;

const mostPerBatch = 200;

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (cause: unknown) => void;
}

/** `askAll` answers each question in its place. One batch is under way at a time; what it throws is thrown to all who are in it. */
export function inBatches<Question, Answer>(
  askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): AskInBatches<Question, Answer> {
  const waiting: Waiting<Question, Answer>[] = [];
  let isAsking = false;

  async function askAgain(): Promise<void> {
    isAsking = true;
    for (let batch = waiting.splice(0, mostPerBatch); batch.length > 0; batch = waiting.splice(0, mostPerBatch)) {
      try {
        const answers = await askAll(batch.map(({ question }) => question));
        for (const [at, { resolve }] of batch.entries()) resolve(answers[at] as Answer);
      } catch (cause) {
        for (const { reject } of batch) reject(cause);
      }
    }
    isAsking = false;
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (!isAsking) void askAgain();
    });
}
