/** All revisions of a watch, each of which can be put back. */

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { DefinedWatch } from '../../../contracts/watchApi.ts';
import { ReasonDialog } from '../../definitions/ReasonDialog.tsx';
import { formatInstant } from '../../format/times.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Needs } from '../../parts/Needs.tsx';
import { Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { words as common } from '../../words/anomalies.ts';
import { form as words } from '../../words/watchForm.ts';
import { fieldName } from '../../words/watchSettings.ts';
import { changedFields } from './changedFields.ts';
import { revisionsQuery, writeDefinition } from './queries.ts';

interface Props {
  /** Of the watch. */
  of: string;
  /** Undefined: it was removed. */
  newest: DefinedWatch | undefined;
  tools?: ReactNode;
  /** Takes the revision that is in use then. */
  onPutBack?(written: DefinedWatch): void;
}

export function RevisionsSection({ of: key, newest, tools, onPutBack }: Props) {
  const answer = useQuery(revisionsQuery(key));
  const [asked, setAsked] = useState<DefinedWatch>();
  const revisions = answer.data?.revisions.toSorted((a, b) => b.revision - a.revision);
  // Of what was removed, the removal is the newest.
  const seen = Math.max(
    newest?.revision ?? 0,
    ...(answer.data?.removals ?? []).map(({ revision }) => revision),
  );
  return (
    <Section title={words.history} text={words.historyText} tools={tools}>
      {revisions === undefined ? (
        <Waiting answers={[answer]} height={120} />
      ) : (
        <div className="card flush">
          <DataTable
            label={words.history}
            columns={columnsOf(revisions, newest?.revision, setAsked)}
            rows={revisions}
            keyOf={({ revision }) => String(revision)}
          />
        </div>
      )}
      {asked !== undefined && (
        <ReasonDialog
          title={words.putBackTitle(asked.revision)}
          confirm={words.putBackConfirm}
          consequences={words.putBackEffects(
            newest === undefined
              ? words.itself
              : changedFields(newest.definition, asked.definition).join(', ') || words.same,
          )}
          queryKey="watches"
          nameOf={fieldName}
          run={(reason) =>
            writeDefinition('watches', key, {
              definition: asked.definition,
              ...{ revision: seen, reason },
            })
          }
          onDone={(written) => onPutBack?.(written)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Section>
  );
}

function columnsOf(
  revisions: readonly DefinedWatch[],
  inUse: number | undefined,
  onAsk: (revision: DefinedWatch) => void,
): readonly Column<DefinedWatch>[] {
  const before = (revision: number) => revisions.find((each) => each.revision === revision - 1);
  const changeOf = ({ definition, revision }: DefinedWatch) => {
    const earlier = before(revision);
    if (earlier === undefined) return words.made;
    return changedFields(earlier.definition, definition).join(', ') || words.same;
  };
  return [
    {
      label: words.when,
      cell: ({ at }) => (
        <time className="nowrap" dateTime={new Date(at).toISOString()}>
          {formatInstant(at)}
        </time>
      ),
    },
    {
      label: words.change,
      head: true,
      cell: (revision) => <span className="wide-cell">{changeOf(revision)}</span>,
    },
    {
      label: words.reason,
      minor: true,
      cell: ({ reason }) => (
        <span className={reason === '' ? 'muted' : 'wide-cell'}>
          {reason === '' ? common.none : reason}
        </span>
      ),
    },
    { label: words.actor, minor: true, cell: ({ actor }) => actor },
    { label: words.revision, number: true, minor: true, cell: ({ revision }) => revision },
    {
      label: words.putBackConfirm,
      number: true,
      cell: (revision) =>
        revision.revision === inUse ? (
          <span className="muted">{words.newest}</span>
        ) : (
          <Needs everywhere>
            <button
              type="button"
              className="button small"
              aria-label={words.putBackOf(revision.revision)}
              onClick={() => onAsk(revision)}
            >
              {words.putBack}
            </button>
          </Needs>
        ),
    },
  ];
}
