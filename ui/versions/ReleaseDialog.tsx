/** Asks before a release is begun by hand. */
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { formatShare } from '../format/numbers.ts';
import { dialogs, kindWords, list } from '../words/versions.ts';
import { releasable } from './lifeOf.ts';
import { beginRelease } from './queries.ts';

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
  const [from, setFrom] = useState<'shadow' | 'canary'>('shadow');
  const chosen = candidates.find((each) => each.version === version);
  return (
    <ReasonDialog
      title={words.title(life.model)}
      confirm={words.confirm}
      consequences={consequencesOf(life, from)}
      blocking={
        chosen?.gatesPassed === false
          ? [{ severity: 'remark', field: '', sentence: words.failedGates }]
          : []
      }
      blockingTitle={words.remarks}
      queryKey="model-lives"
      nameOf={() => undefined}
      run={(reason) => beginRelease(life.model, { version, from, reason })}
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
      <NativeSelect
        label={words.from}
        data={[
          { value: 'shadow', label: words.fromShadow },
          { value: 'canary', label: words.fromCanary },
        ]}
        value={from}
        onChange={({ currentTarget: { value } }) =>
          setFrom(value === 'canary' ? 'canary' : 'shadow')
        }
      />
    </ReasonDialog>
  );
}

function gatesWord(passed: boolean | null): string {
  if (passed === null) return list.ungated;
  return passed ? list.gatesPassed : list.gatesFailed;
}

function consequencesOf({ plan: { release } }: ModelLife, from: 'shadow' | 'canary'): string[] {
  const shares = release.canary.map(({ share }) => formatShare(share)).join(', ');
  return [
    ...(from === 'canary'
      ? [words.atOnce(formatShare(release.canary[0]?.share ?? 0)), words.canarySkipped(shares)]
      : [words.shadow, words.canary(shares)]),
    ...release.approvals.map((each) => words.approvals(words.approvalWords[each])),
    words.ends,
  ];
}
