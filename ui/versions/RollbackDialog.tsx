/** Asks before a version is made champion at once: shows what it would bring about, and takes the reason. */
import { NativeSelect, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { Problem } from '../parts/Problem.tsx';
import { dialogs, kindWords } from '../words/versions.ts';
import { candidatesOf, roleOf } from './lifeOf.ts';
import { previewQuery, rollBack } from './queries.ts';

const words = dialogs.rollback;

interface Props {
  life: ModelLife;
  /** By default the champion before this one. */
  initial?: string;
  onClose(): void;
}

export function RollbackDialog({ life, initial, onClose }: Props) {
  const candidates = candidatesOf(life);
  const [version, setVersion] = useState(initial ?? candidates[0]?.version ?? '');
  const preview = useQuery(previewQuery(life.model, version));
  const told = preview.error === null && preview.data?.to === version ? preview.data : undefined;
  return (
    <ReasonDialog
      title={words.title(life.model)}
      confirm={words.confirm}
      consequences={[...(told === undefined ? [] : [told.sentence]), ...effectsOf(life)]}
      danger
      queryKey="model-lives"
      nameOf={() => undefined}
      run={(reason) => rollBack(life.model, version, reason)}
      onClose={onClose}
    >
      <NativeSelect
        label={words.version}
        data-autofocus
        data={candidates.map((each) => ({
          value: each.version,
          label: `${each.version} · ${kindWords[each.kind]} · ${roleOf(each, life).word}`,
        }))}
        value={version}
        onChange={({ currentTarget: { value } }) => setVersion(value)}
      />
      {told === undefined && preview.error === null && (
        <div>
          <span className="visually-hidden">{words.asking}</span>
          <Skeleton height={44} />
        </div>
      )}
      {preview.error !== null && (
        <Problem error={preview.error} onRetry={() => void preview.refetch()} />
      )}
    </ReasonDialog>
  );
}

function effectsOf({ release }: ModelLife): string[] {
  return [words.effect, ...(release === null ? [] : [words.aborts(release.version)])];
}
