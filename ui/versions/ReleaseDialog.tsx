/** Asks before a release is begun by hand. */
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { formatShare } from '../format/numbers.ts';
import { releasable } from './lifeOf.ts';
import { beginRelease } from './queries.ts';
import { dialogs, kindWords, list } from './words.ts';

const words = dialogs.release;

interface Props {
  life: ModelLife;
  /** By default the newest that has passed its gates. */
  initial?: string;
  onClose(): void;
}

export function ReleaseDialog({ life, initial, onClose }: Props) {
  const candidates = releasable(life);
  const usual = candidates.find(({ gatesPassed }) => gatesPassed === true) ?? candidates[0];
  const [version, setVersion] = useState(initial ?? usual?.version ?? '');
  const chosen = candidates.find((each) => each.version === version);
  return (
    <ReasonDialog
      title={words.title(life.model)}
      confirm={words.confirm}
      consequences={consequencesOf(life)}
      blocking={
        chosen?.gatesPassed === false
          ? [{ severity: 'remark', field: '', sentence: words.failedGates }]
          : []
      }
      blockingTitle={words.remarks}
      queryKey="model-lives"
      nameOf={() => undefined}
      run={(reason) => beginRelease(life.model, version, reason)}
      onClose={onClose}
    >
      <NativeSelect
        label={words.version}
        data-autofocus
        data={candidates.map((each) => ({
          value: each.version,
          label: `${each.version} · ${kindWords[each.kind]} · ${gatesWord(each.gatesPassed)}`,
        }))}
        value={version}
        onChange={({ currentTarget: { value } }) => setVersion(value)}
      />
    </ReasonDialog>
  );
}

function gatesWord(passed: boolean | null): string {
  if (passed === null) return list.ungated;
  return passed ? list.gatesPassed : list.gatesFailed;
}

function consequencesOf({ plan: { release } }: ModelLife): string[] {
  const shares = release.canary.map(({ share }) => formatShare(share)).join(', ');
  return [
    words.shadow,
    words.canary(shares),
    ...release.approvals.map((each) => words.approvals(words.approvalWords[each])),
    words.ends,
  ];
}
