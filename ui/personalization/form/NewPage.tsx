/** A new policy, from nothing or as a copy of one that there is. */

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useView } from '../../data/useView.ts';
import { Waiting } from '../../parts/Waiting.tsx';
import '../../definitions/definitions.css';
import { algorithmsQuery, policyQuery } from '../queries.ts';
import { blankDraft, copyOf, draftOf } from './draft.ts';
import { PolicyForm } from './PolicyForm.tsx';

export function NewPage() {
  const { search } = useView();
  const known = useQuery(algorithmsQuery);
  const copied = useQuery({
    ...policyQuery(search.copy ?? ''),
    enabled: search.copy !== undefined,
  });
  const source = copied.data?.policy;
  const initial = useMemo(
    () => (source === undefined ? blankDraft : copyOf(draftOf(source))),
    [source],
  );
  const isWanting = search.copy !== undefined && source === undefined;
  if (known.data !== undefined && !isWanting) {
    const id = search.copy === undefined ? 'policy:new' : `policy:new:${search.copy}`;
    return <PolicyForm key={id} id={id} initial={initial} known={known.data} />;
  }
  return <Waiting answers={search.copy === undefined ? [known] : [known, copied]} height={480} />;
}
