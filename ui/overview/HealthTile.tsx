/** Whether the engine is well: the worst of its checks, and how many events it takes. */
import { useQueries, useQuery } from '@tanstack/react-query';
import type { Health } from '../../contracts/api.ts';
import { epochsQuery, pipelinesQuery } from '../data/queries.ts';
import { useView } from '../data/useView.ts';
import { formatChange, formatCount, formatRate, formatShare, missing } from '../format/numbers.ts';
import { useLive } from '../live/LiveProvider.tsx';
import { Tile } from '../parts/Tile.tsx';
import { messages } from '../words/shell.ts';
import { courseOf } from './course.ts';

const words = messages.tiles;

interface Props {
  health: Health | undefined;
  /** The engine was asked how it is and did not say. */
  unanswered: boolean;
}

export function HealthTile({ health, unanswered }: Props) {
  const { search } = useView();
  const { tick } = useLive().state;
  const pipelines = useQuery(pipelinesQuery);
  const series = useQueries({
    queries: (pipelines.data?.pipelines ?? []).map(({ name }) => epochsQuery(name, search)),
    combine: (results) => results.flatMap(({ data }) => (data === undefined ? [] : [data])),
  });
  const course = courseOf(series);
  const rate = tick?.eventsPerSecond;
  const usual = course.eventsPerSecond;
  const seen = course.events + course.refused;
  const taken =
    seen === 0
      ? ''
      : `${words.events(formatCount(course.events))}, ${
          course.refused === 0
            ? words.noneRefused
            : words.refusedShare(formatShare(course.refused / seen))
        }`;
  const versus =
    rate === undefined || usual === null
      ? ''
      : `${formatChange(rate - usual, formatRate)} ${words.versusUsual}`;
  return (
    <Tile
      name={words.health}
      definition="health"
      figure={
        health !== undefined ? messages.states[health.state] : unanswered ? missing : undefined
      }
      judgement={{
        tone: health?.state ?? 'none',
        word: health === undefined ? messages.states.unknown : checksWord(health),
      }}
      note={
        <>
          {worstCheck(health) ?? taken}
          <br />
          {versus}
        </>
      }
      course={course.rates}
    />
  );
}

function checksWord({ checks }: Health): string {
  const good = checks.filter(({ state }) => state === 'good').length;
  return words.checks(good, checks.length);
}

/** The first check that is not good explains the state. */
function worstCheck(health: Health | undefined): string | undefined {
  const bad = health?.checks.find(({ state }) => state === 'bad');
  const worst = bad ?? health?.checks.find(({ state }) => state === 'attention');
  return worst === undefined ? undefined : `${worst.name}: ${worst.detail}`;
}
