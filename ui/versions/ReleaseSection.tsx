/** The release under way: where it is, what it waits for, whether it does harm, and how to stop it. */

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import type { Release } from '../../contracts/release.ts';
import { isTrial } from '../../contracts/releaseTrial.ts';
import { useMay } from '../data/useMay.ts';
import { formatAgo, formatInstant } from '../format/times.ts';
import { useNow } from '../live/useNow.ts';
import { Empty } from '../parts/Empty.tsx';
import { Needs } from '../parts/Needs.tsx';
import { NotAllowed } from '../parts/NotAllowed.tsx';
import { NumberedList } from '../parts/NumberedList.tsx';
import { Section } from '../parts/Section.tsx';
import { StateShape, StateWord } from '../parts/StateWord.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { head, release as words } from '../words/versions.ts';
import { EvidenceChart } from './EvidenceChart.tsx';
import { EvidenceTiles } from './EvidenceTiles.tsx';
import { evidenceOf } from './evidence.ts';
import { releasable } from './lifeOf.ts';
import { type Move, MoveDialog } from './MoveDialog.tsx';
import { releaseQuery } from './queries.ts';
import { stagesOf, waitsFor } from './stages.ts';

interface Props {
  life: ModelLife;
  onRelease(): void;
}

export function ReleaseSection({ life, onRelease }: Props) {
  const { release } = life;
  if (release === null) return <NoRelease life={life} onRelease={onRelease} />;
  return <UnderWay life={life} release={release} />;
}

function NoRelease({ life, onRelease }: Props) {
  const canRelease = releasable(life).length > 0;
  return (
    <div className="section">
      <div className="card">
        <Empty title={words.none}>
          <p className="muted">
            {!canRelease
              ? words.nothingToRelease
              : life.plan.release.automatic
                ? words.noneText
                : words.noneManual}
          </p>
          {canRelease && (
            <Needs everywhere>
              <button type="button" className="button" onClick={onRelease}>
                {head.release}
              </button>
            </Needs>
          )}
        </Empty>
      </div>
    </div>
  );
}

function UnderWay({ life, release }: { life: ModelLife; release: Release }) {
  const [move, setMove] = useState<Move>();
  const now = useNow(10_000);
  const { version, against, awaits, paused, since, steps } = release;
  const standing =
    awaits !== null
      ? ({ tone: 'attention', word: words.awaits } as const)
      : paused
        ? ({ tone: 'attention', word: words.paused } as const)
        : ({ tone: 'good', word: words.under } as const);
  const mayLook = useMay('people');
  const read = useQuery({ ...releaseQuery(life.model), enabled: mayLook });
  const evident = useMemo(() => evidenceOf(release, read.data), [release, read.data]);
  const onTrial = isTrial(release);
  const { gainMin } = life.plan.release;
  const button = (name: Move, look = '') => (
    <Needs everywhere>
      <button type="button" className={`button ${look}`.trim()} onClick={() => setMove(name)}>
        {words[name]}
      </button>
    </Needs>
  );
  return (
    <Section
      title={onTrial ? words.trialTitle(against) : words.title(version, against)}
      tools={
        <div className="actions">
          {button('abort', 'danger')}
          {button(paused ? 'resume' : 'pause')}
          {awaits !== null && button('approve', 'primary')}
        </div>
      }
    >
      <div className="card release">
        <p className="standing">
          <StateWord tone={standing.tone}>{standing.word}</StateWord>
          <span title={formatInstant(since)}>{words.since(formatAgo(since, now))}</span>
        </p>
        {!onTrial && (
          <ol className="stages" aria-label={words.stages}>
            {stagesOf(release, life.plan).map(({ name, standing: at }) => (
              <li key={name} className={at} aria-current={at === 'here' ? 'step' : undefined}>
                <StateShape
                  tone={at === 'done' ? 'good' : at === 'here' ? standing.tone : 'none'}
                />
                <b>{name}</b>
                <span className="muted">{words[at]}</span>
              </li>
            ))}
          </ol>
        )}
        <div className="waits">
          <h3>{words.waitsTitle}</h3>
          <p>{waitsFor(release, life.plan)}</p>
        </div>
      </div>
      {!mayLook ? (
        <NotAllowed permission="people" />
      ) : read.data === undefined && evident.length === 0 ? (
        <Waiting answers={[read]} height={150} />
      ) : (
        <EvidenceTiles latest={evident.at(-1)} gainMin={onTrial ? 0 : gainMin} onTrial={onTrial} />
      )}
      {evident.length > 1 && <EvidenceChart steps={evident} gainMin={onTrial ? 0 : gainMin} />}
      <NumberedList
        summary={words.log(steps.length)}
        happened={steps}
        unfoldedMax={unfoldedMax}
        reversed
      />
      {move !== undefined && (
        <MoveDialog life={life} release={release} move={move} onClose={() => setMove(undefined)} />
      )}
    </Section>
  );
}

/** More are folded away. */
const unfoldedMax = 4;
