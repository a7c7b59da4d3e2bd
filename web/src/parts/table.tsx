// biome-ignore-all lint/a11y/noRedundantRoles: the elements lose these roles where the style sheet shows them as a list
import type { ComponentChildren } from 'preact';

interface TableProps {
  readonly caption: ComponentChildren;
  /** Where the heading above already says it, the caption is for assistive technology only. */
  readonly captionHidden?: boolean;
  readonly columns: readonly string[];
  /** Cells of each row in the order of the columns; the first names the row. */
  readonly rows: readonly (readonly ComponentChildren[])[];
}

/** A table that becomes a list on a narrow page; the roles keep it a table for assistive technology there. */
export function Table({ caption, captionHidden = false, columns, rows }: TableProps) {
  return (
    <table role="table">
      <caption class={captionHidden ? 'unseen' : undefined}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column} role="columnheader" scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((cells, index) => (
          <Row key={index} cells={cells} columns={columns} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  cells,
  columns,
}: {
  readonly cells: readonly ComponentChildren[];
  readonly columns: readonly string[];
}) {
  const [first, ...rest] = cells;
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {first}
      </th>
      {rest.map((cell, index) => (
        <td key={columns[index + 1]} role="cell" data-label={columns[index + 1]}>
          {cell}
        </td>
      ))}
    </tr>
  );
}
