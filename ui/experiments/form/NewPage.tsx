/** A new experiment, from nothing or as a copy of one that there is. */
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useView } from '../../data/useView.ts';
import { Problem } from '../../parts/Problem.tsx';
import '../../definitions/definitions.css';
import { experimentMetricsQuery, experimentQuery } from '../queries.ts';
import { blankDraft, copyOf, draftOf } from './draft.ts';
import { ExperimentForm } from './ExperimentForm.tsx';
import { primaryKind } from './primaryKind.ts';

export function NewPage() {
  const { search } = useView();
  const copied = useQuery({
    ...experimentQuery(search.copy ?? ''),
    enabled: search.copy !== undefined,
  });
  const metrics = useQuery(experimentMetricsQuery);
  const source = copied.data?.experiment;
  const known = metrics.data;
  const initial = useMemo(() => {
    if (source === undefined || known === undefined) return blankDraft;
    return copyOf(draftOf(source, primaryKind(source.metrics, known.metrics)));
  }, [source, known]);
  const failed = copied.error ?? metrics.error;
  if (failed !== null && (metrics.data === undefined || search.copy !== undefined) && !source) {
    return (
      <div className="card">
        <Problem error={failed} onRetry={() => void metrics.refetch()} />
      </div>
    );
  }
  if (known === undefined || (search.copy !== undefined && source === undefined)) {
    return <Skeleton height={480} />;
  }
  const id = search.copy === undefined ? 'new' : `new:${search.copy}`;
  return <ExperimentForm key={id} id={id} initial={initial} metrics={known.metrics} />;
}
