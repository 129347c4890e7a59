/** One experiment: its verdict, the effect over time, all metrics, who is in it, and what was decided. */

import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import { ApiProblem } from '../data/client.ts';
import { keepView } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import { Absent } from '../parts/Absent.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { SubjectNotice } from '../recommendations/SubjectNotice.tsx';
import { CertificateCard } from './CertificateCard.tsx';
import { chosenOf } from './chosen.ts';
import { DetailHead } from './DetailHead.tsx';
import { DetailTiles } from './DetailTiles.tsx';
import { EffectSection } from './EffectSection.tsx';
import '../definitions/definitions.css';
import './experiments.css';
import { RecordTable } from '../definitions/RecordTable.tsx';
import { words as common, detail as words } from '../words/experiments.ts';
import { MetricsSection } from './MetricsSection.tsx';
import { experimentQuery } from './queries.ts';
import { SampleRatioCard } from './SampleRatioCard.tsx';
import { SegmentsSection } from './SegmentsSection.tsx';
import { SetUp } from './SetUp.tsx';

export function DetailPage() {
  const { key } = useParams({ from: '/experiments/$key' });
  const answer = useQuery(experimentQuery(key));
  if (answer.data !== undefined) return <Experiment detail={answer.data} />;
  if (answer.error instanceof ApiProblem && answer.error.status === 404) {
    return (
      <Absent page={common.eyebrow} title={words.absent(key)}>
        <Link to="/experiments" search={keepView} className="button">
          {words.backToList}
        </Link>
      </Absent>
    );
  }
  return <Waiting answers={[answer]} height={480} />;
}

function Experiment({ detail }: { detail: ExperimentDetail }) {
  const { search } = useView();
  const { result } = detail;
  const chosen = chosenOf(detail, search);
  return (
    <>
      <DetailHead detail={detail} />
      <SubjectNotice kind="experiment" of={detail.experiment.key} />
      {result !== null && <DetailTiles detail={detail} result={result} chosen={chosen} />}
      <EffectSection detail={detail} chosen={result === null ? undefined : chosen} />
      {result !== null && <MetricsSection detail={detail} result={result} />}
      {result !== null && result.sampleRatio.arms.length > 0 && (
        <div className="halves section">
          <SampleRatioCard detail={detail} result={result} />
          <CertificateCard detail={detail} result={result} />
        </div>
      )}
      {result !== null && <SegmentsSection detail={detail} result={result} />}
      <SetUp detail={detail} />
      <RecordTable record={detail.record} />
    </>
  );
}
