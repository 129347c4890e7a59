/** How has one column drifted? Its distance by day, its values then and now, its quantiles, and what broke. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { DriftDetail } from '../../contracts/driftApi.ts';
import { ApiProblem } from '../data/client.ts';
import { useView } from '../data/useView.ts';
import '../definitions/definitions.css';
import { Absent } from '../parts/Absent.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { SubjectNotice } from '../recommendations/SubjectNotice.tsx';
import { BreaksCard } from './BreaksCard.tsx';
import { CourseSection } from './CourseSection.tsx';
import { columnSentence } from './columnSentence.ts';
import { capitalTitle } from './columnTitle.ts';
import './drift.css';
import { words as common, detail as words } from '../words/drift.ts';
import { driftDetailQuery, newestDriftQuery } from './queries.ts';
import { ReferencePicker } from './ReferencePicker.tsx';
import { SpreadSection } from './SpreadSection.tsx';
import { useDetailBefore } from './useDetailBefore.ts';
import { withDay } from './withDay.ts';

export function DetailPage() {
  const { column } = useParams({ from: '/drift/$column' });
  const { search } = useView();
  const newest = useQuery(newestDriftQuery);
  const answer = useQuery(driftDetailQuery(column, search, newest.data?.stored, search.day));
  const detail = answer.data?.column.column === column ? answer.data : undefined;
  if (detail === undefined && answer.error instanceof ApiProblem && answer.error.status === 404) {
    return <Unknown />;
  }
  if (detail === undefined) return <Waiting answers={[answer, newest]} height={480} />;
  return <Column detail={detail} />;
}

function Column({ detail }: { detail: DriftDetail }) {
  const before = useDetailBefore(detail);
  const summary = columnSentence(detail.column);
  return (
    <>
      <Headline
        page={
          <>
            <Link to="/drift" search={withDay(undefined)}>
              {common.eyebrow}
            </Link>
            <span aria-hidden="true"> / </span>
            {capitalTitle(detail.column)}
          </>
        }
        tone={summary.tone}
      >
        {summary.word}
      </Headline>
      <SubjectNotice kind="column" of={detail.column.column} />
      <ReferencePicker reference={detail.reference} stored={detail.stored} />
      <CourseSection detail={detail} before={before} />
      <SpreadSection detail={detail} before={before} />
      <BreaksCard detail={detail} />
    </>
  );
}

function Unknown() {
  return (
    <Absent page={common.eyebrow} title={words.absent} text={words.absentText}>
      <Link to="/drift" search={withDay(undefined)} className="button">
        {words.back}
      </Link>
    </Absent>
  );
}
