/** Is it working, and how well? The health sentence, key figures, whether it helps and what wants attention, the models' learning, and what the events measure. */
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { ModelDetail, ModelsAnswer } from '../../contracts/api.ts';
import { useOpenInsights } from '../data/openInsights.ts';
import { healthQuery, metricsQuery, modelQuery, modelsQuery } from '../data/queries.ts';
import { useRangeBefore } from '../data/useRangeBefore.ts';
import { useView } from '../data/useView.ts';
import { HappenedList } from '../happenings/HappenedList.tsx';
import { useLive } from '../live/LiveProvider.tsx';
import { EmptySend } from '../parts/Empty.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Problem } from '../parts/Problem.tsx';
import { Section } from '../parts/Section.tsx';
import { messages } from '../words/shell.ts';
import { Aside } from './Aside.tsx';
import { chosenMetric, Metrics } from './Metrics.tsx';
import { ModelCharts } from './ModelCharts.tsx';
import './overview.css';
import { overviewSentence } from './overviewSentence.ts';
import { Tiles } from './Tiles.tsx';
import { usePolicyEffect } from './usePolicyEffect.ts';

const ModelsTable = lazy(async () => ({
  default: (await import('./ModelsTable.tsx')).ModelsTable,
}));
const PolicyChart = lazy(async () => ({
  default: (await import('./PolicyChart.tsx')).PolicyChart,
}));

const words = messages.overview;
/** Wherever they stand: what they have asked for is not asked for again when they move. */
const metricsKey = 'metrics';
/** Stands in while no model is known: the query does not run. */
const none = { name: '', version: '', pipeline: '', firstAt: 0, lastAt: 1 };

export function OverviewPage() {
  const { search, change } = useView();
  const { tick } = useLive().state;
  const asked = useQuery(healthQuery);
  const models = useQuery(modelsQuery);
  const metrics = useQuery(metricsQuery);
  const effect = usePolicyEffect();
  const list = models.data?.models ?? [];
  const chosen = chosenOf(list, search.model);
  const { answer, detail, before } = useModel(chosen);
  const health = tick?.health ?? asked.data;
  const waiting = asked.isPending ? words.waiting : words.unknown;
  const sentence = overviewSentence(health, useOpenInsights().data?.cards, waiting);
  const empty =
    models.data?.models.length === 0 &&
    metrics.data !== undefined &&
    metrics.data.metrics.length === 0;
  const modelless = models.isError || (models.isSuccess && chosen === undefined);
  return (
    <>
      <Headline page={words.eyebrow} tone={sentence.tone}>
        {sentence.text}
      </Headline>
      <Tiles
        effect={effect}
        metric={chosenMetric(metrics.data?.metrics, search.metric)}
        {...{ health, modelless, model: detail, before: before?.model }}
        unanswered={asked.isError}
      />
      {empty ? (
        <>
          <div className="card first-event">
            <EmptySend title={messages.empty.waiting} text={messages.empty.sendOne} />
          </div>
          <Aside />
        </>
      ) : (
        <>
          {effect === null ? (
            <Metrics key={metricsKey} aside={<Aside />} />
          ) : (
            <Section title={words.effect} text={words.effectText}>
              <div className="two-thirds">
                <div className="overview-lead">
                  <Suspense fallback={<Skeleton height={300} />}>
                    {effect === undefined ? (
                      <Skeleton height={300} />
                    ) : (
                      <PolicyChart effect={effect} />
                    )}
                  </Suspense>
                  <HappenedList />
                </div>
                <Aside />
              </div>
            </Section>
          )}
          {effect === null && <HappenedList />}
          <Section title={words.models}>
            {models.isError && (
              <div className="card">
                <Problem error={models.error} onRetry={() => void models.refetch()} />
              </div>
            )}
            {models.isSuccess && list.length === 0 && (
              <div className="card">
                <EmptySend title={messages.empty.noModel} text={messages.empty.noModelText} />
              </div>
            )}
            {list.length > 0 && (
              <Suspense fallback={<Skeleton height={120} />}>
                <ModelsTable
                  models={list}
                  selected={chosen}
                  onSelect={(name) => change({ model: name })}
                />
              </Suspense>
            )}
            {answer.isError && detail === undefined && (
              <div className="card">
                <Problem error={answer.error} onRetry={() => void answer.refetch()} />
              </div>
            )}
            {(models.isPending ||
              (chosen !== undefined && !(answer.isError && detail === undefined))) && (
              <ModelCharts name={chosen?.name ?? ''} model={detail} before={before} />
            )}
          </Section>
          {effect !== null && <Metrics key={metricsKey} />}
        </>
      )}
    </>
  );
}

type Chosen = ModelsAnswer['models'][number] | undefined;

/** The model that is looked at, and what it was in the range before. */
function useModel(chosen: Chosen) {
  const { search } = useView();
  const asking = chosen ?? none;
  const extent = { from: asking.firstAt, to: asking.lastAt };
  const enabled = chosen !== undefined;
  const answer = useQuery({ ...modelQuery(asking, search, extent), enabled });
  const range = useRangeBefore();
  const earlier = useQuery({
    ...modelQuery(asking, range?.search ?? search, extent),
    enabled: enabled && range !== undefined,
  });
  // While another model is on its way the answer about the last one is kept: it is not shown under a wrong name.
  const own = (model: ModelDetail | undefined) =>
    model?.name === chosen?.name && model?.version === chosen?.version ? model : undefined;
  return {
    answer,
    detail: own(answer.data),
    before: range && { model: own(earlier.data), shiftMs: range.shiftMs },
  };
}

/** The newest version of the model that the address names, else the model that predicted most. */
function chosenOf(models: ModelsAnswer['models'], name: string | undefined) {
  const named = models.filter((model) => model.name === name);
  if (named.length > 0) return [...named].sort((a, b) => b.lastAt - a.lastAt)[0];
  return [...models].sort((a, b) => b.overall.count - a.overall.count)[0];
}
