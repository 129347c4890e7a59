/** A change of a draft; what serves has switches on its own page. */

import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { AlgorithmsAnswer, PolicyDetail } from '../../../contracts/policyApi.ts';
import { ApiProblem } from '../../data/client.ts';
import { keepView } from '../../data/search.ts';
import { Absent } from '../../parts/Absent.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import '../../definitions/definitions.css';
import { Headline } from '../../parts/Headline.tsx';
import { words as common, detail } from '../../words/personalization.ts';
import { form as words } from '../../words/policyForm.ts';
import '../personalization.css';
import { algorithmsQuery, policyQuery } from '../queries.ts';
import { draftOf } from './draft.ts';
import { PolicyForm } from './PolicyForm.tsx';

export function EditPage() {
  const { key } = useParams({ from: '/personalization/$key/edit' });
  const answer = useQuery(policyQuery(key));
  const known = useQuery(algorithmsQuery);
  if (answer.data !== undefined && answer.data.policy.state !== 'draft') {
    return (
      <>
        <Headline page={answer.data.policy.name} tone="attention">
          {words.notDraft}
        </Headline>
        <p className="muted">{words.notDraftText}</p>
        <p className="to-page">
          <Link to="/personalization/$key" params={{ key }} search={keepView} className="button">
            {words.toPolicy}
          </Link>
        </p>
      </>
    );
  }
  if (answer.data !== undefined && known.data !== undefined) {
    return <Edit key={key} newest={answer.data} known={known.data} />;
  }
  if (answer.error instanceof ApiProblem && answer.error.status === 404) {
    return (
      <Absent page={common.eyebrow} title={detail.absent(key)}>
        <Link to="/personalization" search={keepView} className="button">
          {detail.backToList}
        </Link>
      </Absent>
    );
  }
  return <Waiting answers={[answer, known]} height={480} />;
}

interface Props {
  newest: PolicyDetail;
  known: AlgorithmsAnswer;
}

/** Keeps the revision with which the work began: a newer one, by somebody else, is said, not slipped in. */
function Edit({ newest, known }: Props) {
  const [base, setBase] = useState(newest);
  const initial = useMemo(() => draftOf(base.policy), [base]);
  const id = `policy:${base.policy.key}@${base.revision}`;
  return (
    <PolicyForm
      key={id}
      id={id}
      initial={initial}
      known={known}
      base={base}
      {...(newest.revision > base.revision ? { onNewer: () => setBase(newest) } : {})}
    />
  );
}
