/** What was decided for a person lately, what came of it, and why. */
import { Link } from '@tanstack/react-router';
import type { UserAnswer } from '../../contracts/userApi.ts';
import { keepView } from '../data/search.ts';
import { formatShare, formatValue } from '../format/numbers.ts';
import { formatInstant } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Section } from '../parts/Section.tsx';
import { person as words } from '../words/person.ts';

type Decision = UserAnswer['decisions'][number];

/** As many as the engine tells. */
const decisionsMax = 50;

/** @param names of policies that there are, by key */
function columnsOf(names: ReadonlyMap<string, string>): Column<Decision>[] {
  return [
    {
      label: words.when,
      cell: ({ at }) => (
        <time className="nowrap" dateTime={new Date(at).toISOString()}>
          {formatInstant(at)}
        </time>
      ),
    },
    {
      label: words.decided,
      head: true,
      cell: ({ action, position, words: why }) => (
        <span className="wide-cell">
          {action}
          {position > 1 && ` (${words.position(position)})`}
          <span className="cell-detail">{why}</span>
        </span>
      ),
    },
    {
      label: words.policy,
      minor: true,
      cell: ({ policy: key }) =>
        names.has(key) ? (
          <Link to="/personalization/$key" params={{ key }} search={keepView}>
            {names.get(key)}
          </Link>
        ) : (
          key
        ),
    },
    {
      label: words.probability,
      number: true,
      minor: true,
      cell: ({ probability }) => formatShare(probability),
    },
    {
      label: words.reward,
      number: true,
      cell: ({ reward }) =>
        reward === null ? <span className="muted">{words.noReward}</span> : formatValue(reward),
    },
  ];
}

interface Props extends Pick<UserAnswer, 'decisions'> {
  names: ReadonlyMap<string, string>;
}

export function LastDecisions({ decisions, names }: Props) {
  const text = decisions.length < decisionsMax ? words.decisionsText : words.newest(decisionsMax);
  return (
    <Section title={words.decisions} text={text}>
      {decisions.length === 0 ? (
        <p className="card muted">{words.noDecisions}</p>
      ) : (
        <div className="card flush">
          <DataTable
            label={words.decisions}
            columns={columnsOf(names)}
            rows={decisions}
            keyOf={({ decision, position }) => `${decision} ${position}`}
          />
        </div>
      )}
    </Section>
  );
}
