/** The SQL that an adapter takes: parameterised text, rows back. The same text runs on PostgreSQL and on PGlite. */
export interface Sql {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

/** A store with a lifetime. `transaction` commits when `work` resolves and rolls back when it rejects. */
export interface Database extends Sql {
  readonly kind: 'embedded' | 'postgresql';
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
