/** A problem of a form, and the id of the field to mend. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

interface ErrorSummaryProps {
  readonly title: string;
  readonly problems: readonly FieldProblem[];
  /** Something to add below, such as the attempts left. */
  readonly note?: string | undefined;
}

/** On top of a form that comes back: what is wrong, with a link to the field. */
export function ErrorSummary({ title, problems, note }: ErrorSummaryProps) {
  return (
    <section class="problem" role="alert" aria-labelledby="problem-title">
      <h2 id="problem-title">{title}</h2>
      {problems.map(({ field, message }) => (
        <p key={field}>
          <a href={`#${field}`}>{message}</a>
        </p>
      ))}
      {note !== undefined && <p>{note}</p>}
    </section>
  );
}
