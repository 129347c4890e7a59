/** A change of a watch, with its revisions beneath. */

import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { DefinedWatch } from '../../../contracts/watchApi.ts';
import { keepView } from '../../data/search.ts';
import { Needs } from '../../parts/Needs.tsx';
import '../../definitions/definitions.css';
import { Absent } from '../../parts/Absent.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { form as words } from '../../words/watchForm.ts';
import { page, removal } from '../../words/watchSettings.ts';
import { watchesQuery } from '../queries.ts';
import { draftOf } from './draft.ts';
import { revisionsQuery } from './queries.ts';
import { RemoveDialog } from './RemoveDialog.tsx';
import { RevisionsSection } from './RevisionsSection.tsx';
import { WatchForm } from './WatchForm.tsx';

export function EditPage() {
  const { key } = useParams({ from: '/anomalies/watches/$key' });
  const answer = useQuery(watchesQuery);
  const newest = answer.data?.watches.find(({ watch }) => watch.definition.key === key)?.watch;
  if (newest !== undefined) return <Edit key={key} newest={newest} />;
  if (answer.data === undefined) return <Waiting answers={[answer]} height={480} />;
  return <Unknown of={key} />;
}

/** With its revisions, where there were any. */
function Unknown({ of: key }: { of: string }) {
  const { data } = useQuery(revisionsQuery(key));
  const wasThere = data !== undefined && data.revisions.length > 0;
  return (
    <>
      <Absent
        page={page.title}
        title={words.absent(key)}
        text={wasThere ? words.absentText : undefined}
      >
        <Link to="/anomalies/watches" search={keepView} className="button">
          {words.backToList}
        </Link>
      </Absent>
      {wasThere && <RevisionsSection of={key} newest={undefined} />}
    </>
  );
}

/** Keeps the revision with which the work began: a newer one, by somebody else, is said, not slipped in. */
function Edit({ newest }: { newest: DefinedWatch }) {
  const [base, setBase] = useState(newest);
  const [isRemoving, setRemoving] = useState(false);
  const initial = useMemo(() => draftOf(base.definition), [base]);
  const id = `watch:${base.definition.key}@${base.revision}`;
  return (
    <>
      <WatchForm
        key={id}
        id={id}
        initial={initial}
        base={base}
        {...(newest.revision > base.revision ? { onNewer: () => setBase(newest) } : {})}
      />
      <RevisionsSection
        of={base.definition.key}
        newest={newest}
        tools={
          <Needs everywhere>
            <button type="button" className="button danger" onClick={() => setRemoving(true)}>
              {removal.openWatch}
            </button>
          </Needs>
        }
        onPutBack={setBase}
      />
      {isRemoving && (
        <RemoveDialog
          collection="watches"
          base={newest}
          onDone={() => {}}
          onClose={() => setRemoving(false)}
        />
      )}
    </>
  );
}
