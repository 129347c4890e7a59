/** Is it working, and how well? The health sentence, key figures, the models' learning, and what the events measure. */
import { useQuery } from '@tanstack/react-query';
import type { ModelsAnswer } from '../../contracts/api.ts';
import { healthQuery, metricsQuery, modelQuery, modelsQuery } from '../data/queries.ts';
import { useView } from '../data/useView.ts';
import { useLive } from '../live/LiveProvider.tsx';
import { messages } from '../messages.ts';
import { EmptySend } from '../parts/Empty.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Problem } from '../parts/Problem.tsx';
import { Section } from '../parts/Section.tsx';
import { InboxPreview } from '../recommendations/InboxPreview.tsx';
import { Metrics } from './Metrics.tsx';
import { ModelCharts } from './ModelCharts.tsx';
import { ModelsTable } from './ModelsTable.tsx';
import { OpenAlerts } from './OpenAlerts.tsx';
import './overview.css';
import { Tiles } from './Tiles.tsx';

const words = messages.overview;
/** Stands in while no model is known: the query does not run. */
const none = { name: '', version: '', pipeline: '', firstAt: 0, lastAt: 1 };

export function OverviewPage() {
  const { search, change } = useView();
  const { tick } = useLive().state;
  const asked = useQuery(healthQuery);
  const models = useQuery(modelsQuery);
  const metrics = useQuery(metricsQuery);
  const list = models.data?.models ?? [];
  const chosen = chosenOf(list, search.model);
  const asking = chosen ?? none;
  const model = useQuery({
    ...modelQuery(asking, search, { from: asking.firstAt, to: asking.lastAt }),
    enabled: chosen !== undefined,
  });
  const health = tick?.health ?? asked.data;
  // While another model is on its way the answer about the last one is kept: it is not shown under a wrong name.
  const detail =
    model.data?.name === chosen?.name && model.data?.version === chosen?.version
      ? model.data
      : undefined;
  const waiting = asked.isPending ? words.waiting : words.unknown;
  const empty =
    models.data?.models.length === 0 &&
    metrics.data !== undefined &&
    metrics.data.metrics.length === 0;
  const modelless = models.isError || (models.isSuccess && chosen === undefined);
  return (
    <>
      <Headline page={words.eyebrow} tone={health?.state ?? 'none'}>
        {health?.sentence ?? waiting}
      </Headline>
      <OpenAlerts />
      <Tiles health={health} unanswered={asked.isError} model={detail} modelless={modelless} />
      <InboxPreview />
      {empty ? (
        <div className="card first-event">
          <EmptySend title={messages.empty.waiting} text={messages.empty.sendOne} />
        </div>
      ) : (
        <>
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
              <ModelsTable
                models={list}
                selected={chosen}
                onSelect={(name) => change({ model: name })}
              />
            )}
            {model.isError && detail === undefined && (
              <div className="card">
                <Problem error={model.error} onRetry={() => void model.refetch()} />
              </div>
            )}
            {(models.isPending ||
              (chosen !== undefined && !(model.isError && detail === undefined))) && (
              <ModelCharts name={chosen?.name ?? ''} model={detail} />
            )}
          </Section>
          <Metrics />
        </>
      )}
    </>
  );
}

/** The newest version of the model that the address names, else the model that predicted most. */
function chosenOf(models: ModelsAnswer['models'], name: string | undefined) {
  const named = models.filter((model) => model.name === name);
  if (named.length > 0) return [...named].sort((a, b) => b.lastAt - a.lastAt)[0];
  return [...models].sort((a, b) => b.overall.count - a.overall.count)[0];
}
