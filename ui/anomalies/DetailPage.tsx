/** One alert: what happened, what contributes to it, what else changed, and what became of it. */

import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { AlertDetail } from '../../contracts/watchApi.ts';
import { ApiProblem } from '../data/client.ts';
import { keepView } from '../data/search.ts';
import '../definitions/definitions.css';
import { type Undoable, UndoBar } from '../definitions/UndoBar.tsx';
import '../overview/overview.css';
import { Absent } from '../parts/Absent.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { AnswerDialog, type AskedAnswer } from './AnswerDialog.tsx';
import './anomalies.css';
import { words as common, fieldName, detail as words } from '../words/anomalies.ts';
import { ContributionsCard } from './ContributionsCard.tsx';
import { CourseSection } from './CourseSection.tsx';
import { DeliveriesCard } from './DeliveriesCard.tsx';
import { DetailHead } from './DetailHead.tsx';
import { DetailTiles } from './DetailTiles.tsx';
import { HistoryCard } from './HistoryCard.tsx';
import { MembersCard } from './MembersCard.tsx';
import { NearbyCard } from './NearbyCard.tsx';
import { alertKeys, alertQuery, watchesQuery } from './queries.ts';
import { SimilarCard } from './SimilarCard.tsx';
import { useNewest } from './useNewest.ts';

export function DetailPage() {
  const { id } = useParams({ from: '/anomalies/$id' });
  const answer = useQuery(alertQuery(id));
  if (answer.data !== undefined) return <AlertView key={id} detail={answer.data} />;
  if (answer.error instanceof ApiProblem && answer.error.status === 404) return <Unknown />;
  return <Waiting answers={[answer]} height={480} />;
}

function Unknown() {
  return (
    <Absent page={common.eyebrow} title={words.absent} text={words.absentText}>
      <Link to="/anomalies" search={keepView} className="button">
        {words.backToList}
      </Link>
    </Absent>
  );
}

function AlertView({ detail }: { detail: AlertDetail }) {
  const { alert, watch } = detail;
  const watching = useQuery(watchesQuery);
  const newest = useNewest(watching.data?.watches);
  const [asked, setAsked] = useState<AskedAnswer>();
  const [done, setDone] = useState<Undoable>();
  return (
    <>
      <DetailHead detail={detail} newest={newest} onAsk={setAsked} />
      <DetailTiles alert={alert} newest={newest} />
      <CourseSection detail={detail} />
      <div className="halves section">
        <ContributionsCard alert={alert} />
        <NearbyCard detail={detail} />
      </div>
      <MembersCard detail={detail} newest={newest} />
      <div className="halves section">
        <SimilarCard alert={alert} newest={newest} />
        <HistoryCard detail={detail} />
      </div>
      <DeliveriesCard detail={detail} hasRoutes={(watch?.definition.routes.length ?? 0) > 0} />
      <UndoBar done={done} onDone={setDone} queryKeys={alertKeys} nameOf={fieldName} />
      {asked !== undefined && (
        <AnswerDialog {...asked} onDone={setDone} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}
