/** A new experiment, from nothing or as a copy of one that there is. */

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useView } from '../../data/useView.ts';
import { Waiting } from '../../parts/Waiting.tsx';
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
  if (known === undefined || (search.copy !== undefined && source === undefined)) {
    return (
      <Waiting answers={search.copy === undefined ? [metrics] : [metrics, copied]} height={480} />
    );
  }
  const id = search.copy === undefined ? 'new' : `new:${search.copy}`;
  return <ExperimentForm key={id} id={id} initial={initial} metrics={known.metrics} />;
}
