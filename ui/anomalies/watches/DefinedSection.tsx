/** A list of what is defined beside the watches: one is made by a button, changed by its name, in a dialog. */

import { type ReactNode, useState } from 'react';
import type { Permission } from '../../../contracts/access.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Needs } from '../../parts/Needs.tsx';
import { Section } from '../../parts/Section.tsx';
import { type Answer, Waiting } from '../../parts/Waiting.tsx';

/** A definition with its revision. */
interface Defined {
  readonly definition: { readonly key: string; readonly name: string };
}

interface Props<Row extends Defined> {
  words: {
    readonly title: string;
    readonly text: string;
    readonly create: string;
    readonly none: string;
    readonly name: string;
    editOf(name: string): string;
  };
  /** Where the rows come from; undefined until they are there. */
  answer: Answer;
  rows: readonly Row[] | undefined;
  /** Behind that of the name. */
  columns: readonly Column<Row>[];
  /** By default the permission to operate. */
  needs?: Permission;
  /** @param base what is changed; null: one is made */
  dialog(base: Row | null, onClose: () => void): ReactNode;
}

export function DefinedSection<Row extends Defined>({
  words,
  answer,
  rows,
  columns,
  needs = 'operate',
  dialog,
}: Props<Row>) {
  /** null: a new one. */
  const [asked, setAsked] = useState<Row | null>();
  const name: Column<Row> = {
    label: words.name,
    head: true,
    cell: (row) => (
      <button
        type="button"
        className="text-button"
        aria-label={words.editOf(row.definition.name)}
        onClick={() => setAsked(row)}
      >
        {row.definition.name}
      </button>
    ),
  };
  return (
    <Section
      title={words.title}
      text={words.text}
      tools={
        <Needs permission={needs}>
          <button type="button" className="button" onClick={() => setAsked(null)}>
            {words.create}
          </button>
        </Needs>
      }
    >
      {rows === undefined && <Waiting answers={[answer]} height={120} />}
      {rows?.length === 0 && <p className="card muted">{words.none}</p>}
      {rows !== undefined && rows.length > 0 && (
        <div className="card flush">
          <DataTable
            label={words.title}
            columns={[name, ...columns]}
            rows={rows}
            keyOf={({ definition }) => definition.key}
          />
        </div>
      )}
      {asked !== undefined && dialog(asked, () => setAsked(undefined))}
    </Section>
  );
}
