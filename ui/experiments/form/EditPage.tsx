/** A change of an experiment: while it runs, only what leaves its evidence valid. */

import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { ExperimentDetail, MetricsOfExperiments } from '../../../contracts/experimentApi.ts';
import { ApiProblem } from '../../data/client.ts';
import { keepView } from '../../data/search.ts';
import { Absent } from '../../parts/Absent.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import '../../definitions/definitions.css';
import { words as common, detail } from '../../words/experiments.ts';
import { experimentMetricsQuery, experimentQuery } from '../queries.ts';
import { draftOf } from './draft.ts';
import { ExperimentForm } from './ExperimentForm.tsx';
import { primaryKind } from './primaryKind.ts';

export function EditPage() {
  const { key } = useParams({ from: '/experiments/$key/edit' });
  const answer = useQuery(experimentQuery(key));
  const metrics = useQuery(experimentMetricsQuery);
  if (answer.data !== undefined && metrics.data !== undefined) {
    return <Edit key={key} newest={answer.data} metrics={metrics.data.metrics} />;
  }
  if (answer.error instanceof ApiProblem && answer.error.status === 404) {
    return (
      <Absent page={common.eyebrow} title={detail.absent(key)}>
        <Link to="/experiments" search={keepView} className="button">
          {detail.backToList}
        </Link>
      </Absent>
    );
  }
  return <Waiting answers={[answer, metrics]} height={480} />;
}

interface Props {
  newest: ExperimentDetail;
  metrics: MetricsOfExperiments['metrics'];
}

/** Keeps the revision with which the work began: a newer one, by somebody else, is said, not slipped in. */
function Edit({ newest, metrics }: Props) {
  const [base, setBase] = useState(newest);
  const initial = useMemo(
    () => draftOf(base.experiment, primaryKind(base.experiment.metrics, metrics)),
    [base, metrics],
  );
  const id = `${base.experiment.key}@${base.revision}`;
  return (
    <ExperimentForm
      key={id}
      id={id}
      initial={initial}
      base={base}
      metrics={metrics}
      {...(newest.revision > base.revision ? { onNewer: () => setBase(newest) } : {})}
    />
  );
}
