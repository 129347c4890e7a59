/** One policy: what it earns, who gets what, what can be switched, and what was changed. */

import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { PolicyDetail, PolicyReport } from '../../contracts/policyApi.ts';
import { ApiProblem } from '../data/client.ts';
import { keepView } from '../data/search.ts';
import { useRangeBefore } from '../data/useRangeBefore.ts';
import { useView } from '../data/useView.ts';
import { Waiting } from '../parts/Waiting.tsx';
import { SubjectNotice } from '../recommendations/SubjectNotice.tsx';
import '../definitions/definitions.css';
import { RecordTable } from '../definitions/RecordTable.tsx';
import '../overview/overview.css';
import { formatDate } from '../format/times.ts';
import { Absent } from '../parts/Absent.tsx';
import { ActionsSection } from './ActionsSection.tsx';
import type { Asked } from './asked.ts';
import { ChangeDialog } from './ChangeDialog.tsx';
import { CoursesSection } from './CoursesSection.tsx';
import { DetailHead } from './DetailHead.tsx';
import { EvaluationSection } from './EvaluationSection.tsx';
import { ExplorationCard } from './ExplorationCard.tsx';
import { lifeOf } from './lifeOf.ts';
import './personalization.css';
import { words as common, record, uncounted, detail as words } from '../words/personalization.ts';
import { policyQuery, reportQuery } from './queries.ts';
import { ReportMissing, whyMissing } from './ReportMissing.tsx';
import { SegmentMatrix } from './SegmentMatrix.tsx';
import { SetUp } from './SetUp.tsx';
import { Tiles } from './Tiles.tsx';
import { type Done, UndoBar } from './UndoBar.tsx';
import { uncountedWords } from './uncounted.ts';
import { WorthCard } from './WorthCard.tsx';

export function DetailPage() {
  const { key } = useParams({ from: '/personalization/$key' });
  const answer = useQuery(policyQuery(key));
  if (answer.data !== undefined) return <PolicyView key={key} detail={answer.data} />;
  if (answer.error instanceof ApiProblem && answer.error.status === 404) {
    return (
      <Absent page={common.eyebrow} title={words.absent(key)}>
        <Link to="/personalization" search={keepView} className="button">
          {words.backToList}
        </Link>
      </Absent>
    );
  }
  return <Waiting answers={[answer]} height={480} />;
}

function Uncounted({ report }: { report: PolicyReport }) {
  const sentences = uncountedWords(report);
  if (sentences.length === 0) return null;
  return (
    <ul className="consequences muted uncounted" aria-label={uncounted.label}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function PolicyView({ detail }: { detail: PolicyDetail }) {
  const { policy } = detail;
  const { search } = useView();
  const [asked, setAsked] = useState<Asked>();
  const [done, setDone] = useState<Done>();
  const life = lifeOf(detail);
  const answer = useQuery({
    ...reportQuery(policy.key, search, life ?? { from: 0, to: undefined }),
    enabled: life !== undefined,
  });
  const report = answer.data;
  const before = useRangeBefore();
  const earlier = useQuery({
    ...reportQuery(policy.key, before?.search ?? search, life ?? { from: 0, to: undefined }),
    enabled: life !== undefined && before !== undefined,
  });
  const compared = before && { report: earlier.data, shiftMs: before.shiftMs };
  const isInSteps = report?.isInSteps === true;
  const isMissing = answer.isError && report === undefined;
  return (
    <>
      <DetailHead
        detail={detail}
        report={report}
        missing={isMissing ? whyMissing(answer.error).title : words.waiting}
      />
      <SubjectNotice kind="policy" of={policy.key} />
      {isMissing && <ReportMissing error={answer.error} onRetry={() => void answer.refetch()} />}
      {life !== undefined && !isMissing && (
        <>
          <Tiles policy={policy} report={report} before={compared?.report} />
          {isInSteps ? (
            <p className="muted section">
              {report.to > report.from ? words.inSteps(formatDate(report.to - 1)) : words.noStep}
            </p>
          ) : (
            <CoursesSection detail={detail} report={report} before={compared} />
          )}
        </>
      )}
      <div className="halves section">
        {report !== undefined && <WorthCard detail={detail} report={report} />}
        <ExplorationCard detail={detail} report={report} onAsk={setAsked} />
      </div>
      {report !== undefined && <Uncounted report={report} />}
      <ActionsSection detail={detail} report={report} onAsk={setAsked} />
      {report !== undefined && !isInSteps && <SegmentMatrix detail={detail} report={report} />}
      {life !== undefined && !isInSteps && (
        <EvaluationSection policy={policy} report={report} onAsk={setAsked} />
      )}
      <SetUp policy={policy} />
      <RecordTable record={detail.record} title={record.title} />
      <UndoBar policy={policy.key} done={done} onDone={setDone} />
      {asked !== undefined && (
        <ChangeDialog
          detail={detail}
          asked={asked}
          onDone={setDone}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
