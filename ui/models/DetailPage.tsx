/** How well does this model do? Before its labels come and after, at each threshold, for whom worse, and how long labels take. */
import { Link, useParams } from '@tanstack/react-router';
import type { ModelPerformance } from '../../contracts/performanceApi.ts';
import { ApiProblem } from '../data/client.ts';
import { keepView } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import '../definitions/definitions.css';
import '../overview/overview.css';
import { Absent } from '../parts/Absent.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { SubjectNotice } from '../recommendations/SubjectNotice.tsx';
import { CourseSection } from './CourseSection.tsx';
import { DetailHead } from './DetailHead.tsx';
import { DetailTiles } from './DetailTiles.tsx';
import { FairnessSection } from './FairnessSection.tsx';
import { chosenFigure } from './figures.ts';
import { LabelsCard } from './LabelsCard.tsx';
import './models.css';
import { words as common, detail as words } from '../words/models.ts';
import { ReliabilityCard } from './ReliabilityCard.tsx';
import { SlicesSection } from './SlicesSection.tsx';
import { ThresholdSection } from './ThresholdSection.tsx';
import { useLife } from './useLife.ts';
import { usePerformance, usePerformanceBefore } from './usePerformance.ts';
import { useThreshold } from './useThreshold.ts';

export function DetailPage() {
  const { pipeline, model } = useParams({ from: '/models/$pipeline/$model' });
  const { search, change } = useView();
  const answer = usePerformance(pipeline, model);
  const isOf = answer.data?.pipeline === pipeline && answer.data.model === model;
  if (answer.data !== undefined && isOf) {
    return <ModelView key={`${pipeline}/${model}`} performance={answer.data} />;
  }
  if (answer.error instanceof ApiProblem && answer.error.status === 404) {
    return search.version === undefined ? (
      <Unknown />
    ) : (
      <Unserved version={search.version} onNewest={() => change({ version: undefined })} />
    );
  }
  return <Waiting answers={[answer]} height={480} />;
}

function Unknown() {
  return (
    <Absent page={common.eyebrow} title={words.absent} text={words.absentText}>
      <Link to="/models" search={keepView} className="button">
        {words.backToList}
      </Link>
    </Absent>
  );
}

/** A version may be there and have predicted for nobody. */
function Unserved({ version, onNewest }: { version: string; onNewest(): void }) {
  return (
    <Absent page={common.eyebrow} title={words.unserved(version)} text={words.unservedText}>
      <button type="button" className="button" onClick={onNewest}>
        {words.toNewest}
      </button>
    </Absent>
  );
}

function ModelView({ performance }: { performance: ModelPerformance }) {
  const { search } = useView();
  const life = useLife(performance.pipeline, performance.model);
  const figure = chosenFigure(performance.kind, search.figure);
  const threshold = useThreshold(performance.threshold ?? 0.5);
  const before = usePerformanceBefore(performance);
  const isProbability = performance.kind === 'probability';
  return (
    <>
      <DetailHead performance={performance} figure={figure} life={life} />
      <SubjectNotice kind="model" of={performance.model} />
      <DetailTiles performance={performance} before={before?.performance} />
      <CourseSection performance={performance} figure={figure} life={life} before={before} />
      {isProbability && <ThresholdSection performance={performance} threshold={threshold} />}
      <div className={isProbability ? 'halves section model-halves' : 'section'}>
        {isProbability && <ReliabilityCard performance={performance} />}
        <LabelsCard performance={performance} />
      </div>
      <SlicesSection performance={performance} />
      {isProbability && <FairnessSection performance={performance} chosen={threshold.chosen} />}
    </>
  );
}
