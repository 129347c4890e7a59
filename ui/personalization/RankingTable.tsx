/** Policies in the order of what they would have earned, each with how sure that is, why it stands there, and how to go on with it. */
import { Link } from '@tanstack/react-router';
import type { Policy } from '../../contracts/policy.ts';
import type { EvaluatedPolicy, EvaluationAnswer } from '../../contracts/policyEvaluationApi.ts';
import { keepView } from '../data/search.ts';
import { formatBetween } from '../format/effects.ts';
import { formatCount, formatShare, missing } from '../format/numbers.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { definitions } from '../words/personalization.ts';
import { evaluation as words } from '../words/policyEvaluation.ts';
import type { Asked } from './asked.ts';
import type { PossibleCandidate } from './candidates.ts';
import { basisWords, judgeLessLogged, type RankedRow, rankedRows, unspokenOf } from './ranking.ts';
import { scaleOf, WorthBar } from './WorthBar.tsx';
import { formatWorth } from './worth.ts';

interface Props {
  policy: Policy;
  answer: EvaluationAnswer;
  /** In the order in which the engine was asked. */
  asked: readonly PossibleCandidate[];
  onAsk(asked: Asked): void;
}

export function RankingTable({ policy, answer, asked, onAsk }: Props) {
  const rows = rankedRows(answer, asked);
  const scale = scaleOf(rows.map((row) => worthOf(row, answer)));
  const columns: Column<RankedRow>[] = [
    { label: words.place, number: true, cell: ({ place }) => place.place },
    {
      label: words.candidate,
      head: true,
      cell: ({ place, candidate }) => (
        <span className="ranked">
          {candidate?.name ?? words.logged}
          <span className="cell-detail">
            {candidate === undefined ? words.loggedNote(policy.algorithm.name) : candidate.note}
          </span>
          <span className="ranked-reason">{place.reason}</span>
        </span>
      ),
    },
    {
      label: words.earned,
      definition: { means: definitions.evaluated },
      cell: (row) => (
        <>
          <span className="nowrap">{formatWorth(worthOf(row, answer))}</span>
          <WorthBar worth={worthOf(row, answer)} {...scale} mark={answer.logged.estimate} />
        </>
      ),
    },
    {
      label: words.lessLogged,
      definition: { means: definitions.lessLogged },
      minor: true,
      cell: ({ evaluated }) => evaluated !== undefined && <LessLogged evaluated={evaluated} />,
    },
    {
      label: words.effective,
      definition: { means: definitions.effective },
      number: true,
      minor: true,
      cell: ({ evaluated }) =>
        evaluated === undefined ? missing : formatCount(evaluated.weights.effectiveSampleSize),
    },
    {
      label: words.unspoken,
      definition: { means: definitions.unspoken },
      number: true,
      minor: true,
      cell: ({ evaluated }) =>
        evaluated === undefined ? missing : formatShare(unspokenOf(evaluated)),
    },
    {
      label: words.next,
      cell: ({ candidate }) =>
        candidate !== undefined && <Next policy={policy} candidate={candidate} onAsk={onAsk} />,
    },
  ];
  return (
    <>
      <DataTable
        label={words.ranking}
        columns={columns}
        rows={rows}
        keyOf={({ place }) => place.candidate}
        selected={({ candidate }) => candidate === undefined}
      />
      <ul className="consequences muted evaluation-basis" aria-label={words.basis}>
        {basisWords(answer).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}

/** Of the policy that decided the mean alone: its interval at one look is not that of the others. */
function worthOf({ place: { estimate }, evaluated }: RankedRow, { decisions }: EvaluationAnswer) {
  const { low = null, high = null } = evaluated?.value.sequence ?? {};
  return { decisions, mean: estimate, low, high };
}

function LessLogged({ evaluated }: { evaluated: EvaluatedPolicy }) {
  const { selfNormalizedDoublyRobust, sequence } = evaluated.lessLogged;
  const judged = judgeLessLogged(evaluated);
  const effect = { ...sequence, estimate: selfNormalizedDoublyRobust.estimate };
  return (
    <>
      <StateWord tone={judged.tone}>{judged.word}</StateWord>
      <span className="cell-detail">{formatBetween('continuous', effect)}</span>
    </>
  );
}

interface NextProps {
  policy: Policy;
  candidate: PossibleCandidate;
  onAsk(asked: Asked): void;
}

function Next({ policy, candidate: { name, next }, onAsk }: NextProps) {
  switch (next.kind) {
    case 'none':
      return null;
    case 'take':
      return (
        <button
          type="button"
          className="text-button"
          aria-label={words.takeIt(name)}
          onClick={() => onAsk({ kind: 'algorithm', algorithm: next.algorithm })}
        >
          {words.take}
        </button>
      );
    case 'copy':
      return (
        <Link
          to="/personalization/new"
          search={(search) => ({ ...keepView(search), copy: policy.key })}
          aria-label={words.copyFor(name)}
        >
          {words.copy}
        </Link>
      );
    case 'policy':
      return (
        <Link
          to="/personalization/$key"
          params={{ key: next.key }}
          search={keepView}
          aria-label={words.lookAt(name)}
        >
          {words.look}
        </Link>
      );
  }
}
