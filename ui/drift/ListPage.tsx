/** What is no longer as it was? Which columns have drifted, what kind of drift it is, and since when. */
import { useQuery } from '@tanstack/react-query';
import type { DriftAnswer } from '../../contracts/driftApi.ts';
import { isBeyond } from '../data/isBeyond.ts';
import { useView } from '../data/useView.ts';
import '../definitions/definitions.css';
import { Command } from '../parts/Command.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import './drift.css';
import { words as common, list as words } from '../words/drift.ts';
import { beyond } from '../words/places.ts';
import { driftSentence } from './driftSentence.ts';
import { HeatmapSection } from './HeatmapSection.tsx';
import { driftQuery, newestDriftQuery } from './queries.ts';
import { ReferencePicker } from './ReferencePicker.tsx';
import { WordsSection } from './WordsSection.tsx';

export function ListPage() {
  const { search } = useView();
  const newest = useQuery(newestDriftQuery);
  const asked = useQuery(driftQuery(search, newest.data?.stored));
  const answer = asked.data;
  const isUnknown = (asked.isError || newest.isError) && answer === undefined;
  const summary =
    answer === undefined
      ? ({
          tone: 'none',
          word: isBeyond(asked.error ?? newest.error)
            ? beyond.short
            : isUnknown
              ? common.unknown
              : common.waiting,
        } as const)
      : driftSentence(answer);
  return (
    <>
      <Headline page={common.eyebrow} tone={summary.tone}>
        {summary.word}
      </Headline>
      {answer === undefined && <Waiting answers={[asked, newest]} height={480} />}
      {answer !== undefined &&
        (isEmpty(answer) ? <EmptyPage answer={answer} /> : <Page answer={answer} />)}
    </>
  );
}

function isEmpty({ stored, reference, daysNeeded }: DriftAnswer): boolean {
  return stored.days < daysNeeded && !reference.isGiven;
}

function Page({ answer }: { answer: DriftAnswer }) {
  return (
    <>
      <ReferencePicker reference={answer.reference} stored={answer.stored} />
      <HeatmapSection answer={answer} />
      <WordsSection answer={answer} />
    </>
  );
}

function EmptyPage({ answer: { daysNeeded } }: { answer: DriftAnswer }) {
  return (
    <div className="card">
      <Empty title={words.emptyTitle}>
        <p className="muted drift-empty">{words.emptyText(daysNeeded)}</p>
        <Command text={words.emptyCommand} />
      </Empty>
    </div>
  );
}
