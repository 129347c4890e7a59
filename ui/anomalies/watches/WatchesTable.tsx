/** All watches: what each looks at, how it stands, how often it alerted, and its switch. */

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { WatchStanding } from '../../../contracts/watchApi.ts';
import { keepView, laneNames } from '../../data/search.ts';
import { formatCount } from '../../format/numbers.ts';
import { formatMoment } from '../../format/times.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { NeededSwitch } from '../../parts/NeededSwitch.tsx';
import { Section } from '../../parts/Section.tsx';
import { StateWord } from '../../parts/StateWord.tsx';
import { words as common } from '../../words/anomalies.ts';
import { pageDefinitions as definitions, page as words } from '../../words/watchSettings.ts';
import { watchStanding } from '../standing.ts';
import { budgetOf, budgetWords, judgementWords, sourceWords } from '../watchWords.ts';
import { routesQuery } from './queries.ts';
import type { Switched } from './SwitchDialog.tsx';

interface Props {
  watches: readonly WatchStanding[];
  onAsk(asked: Switched): void;
}

export function WatchesTable({ watches, onAsk }: Props) {
  const { data } = useQuery(routesQuery);
  const routeName = (key: string) =>
    data?.routes.find(({ definition }) => definition.key === key)?.definition.name ?? key;
  const sorted = watches.toSorted(
    ({ watch: { definition: a } }, { watch: { definition: b } }) =>
      laneNames.indexOf(a.lane) - laneNames.indexOf(b.lane) || (a.name < b.name ? -1 : 1),
  );
  return (
    <Section title={words.table} text={words.tableText}>
      <div className="card flush">
        <DataTable
          label={words.table}
          columns={columnsOf(onAsk, routeName)}
          rows={sorted}
          keyOf={({ watch }) => watch.definition.key}
        />
      </div>
    </Section>
  );
}

/** Up to when it is judged, and of how many keys. */
function judgedWords({ judgedTo, keys }: WatchStanding): string {
  if (judgedTo === null) return words.never;
  const moment = formatMoment(judgedTo, Date.now());
  return keys <= 1 ? words.judged(moment) : words.judgedKeys(moment, formatCount(keys));
}

function columnsOf(
  onAsk: Props['onAsk'],
  routeName: (key: string) => string,
): readonly Column<WatchStanding>[] {
  return [
    {
      label: words.name,
      head: true,
      cell: ({ watch: { definition } }) => (
        <span className="watch-name">
          <Link to="/anomalies/watches/$key" params={{ key: definition.key }} search={keepView}>
            {definition.name}
          </Link>
          <span className="cell-detail">
            {common.lanes[definition.lane]}, {common.severityWords[definition.severity]}:{' '}
            {sourceWords(definition.source)}, {judgementWords(definition.judgement)}
          </span>
        </span>
      ),
    },
    {
      label: words.state,
      definition: { means: definitions.state },
      cell: (standing) => {
        const { tone, word } = watchStanding(standing);
        return (
          <span className="wide-cell">
            <StateWord tone={tone}>{word}</StateWord>
            <span className="cell-detail">{standing.problem ?? judgedWords(standing)}</span>
          </span>
        );
      },
    },
    {
      label: words.fired,
      definition: { means: definitions.fired },
      number: true,
      minor: true,
      cell: ({ firedWeek, falseWeek }) => (
        <>
          {formatCount(firedWeek)}
          {falseWeek > 0 && <span className="cell-detail">{words.false(falseWeek)}</span>}
        </>
      ),
    },
    {
      label: words.budget,
      definition: { means: definitions.budget },
      minor: true,
      cell: ({ watch: { definition } }) => budgetWords(budgetOf(definition.judgement)),
    },
    {
      label: words.routes,
      minor: true,
      cell: ({ watch: { definition } }) =>
        definition.routes.length === 0 ? (
          <span className="muted">{words.nowhere}</span>
        ) : (
          definition.routes.map(routeName).join(', ')
        ),
    },
    {
      label: words.on,
      cell: ({ watch }) => (
        <NeededSwitch
          everywhere
          isOn={watch.definition.isActive}
          label={words.turn(watch.definition.name)}
          // Asked for first: it changes when the engine has it.
          onTurn={(isActive) => onAsk({ watch, isActive })}
        />
      ),
    },
  ];
}
