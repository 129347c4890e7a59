/** What is being trained, what would start the next run, and what came of those before? */

import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ModelLivesAnswer, TrainingRunsAnswer } from '../../contracts/modelLifeApi.ts';
import { isBeyond } from '../data/isBeyond.ts';
import { keepView } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import { Needs } from '../parts/Needs.tsx';
import '../definitions/definitions.css';
import { Command } from '../parts/Command.tsx';
import { Empty, EmptySend } from '../parts/Empty.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Section } from '../parts/Section.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { modelLivesQuery } from '../versions/queries.ts';
import { runsQuery } from './queries.ts';
import { RunsSection } from './RunsSection.tsx';
import './retraining.css';
import { beyond } from '../words/places.ts';
import { words as common, list as words } from '../words/retraining.ts';
import { listSentence } from './runs.ts';
import { TrainDialog } from './TrainDialog.tsx';

export function ListPage() {
  const { search } = useView();
  const lives = useQuery(modelLivesQuery);
  const models = lives.data?.models ?? [];
  // The address may hold the model of another page's charts.
  const model = models.find((each) => each.model === search.model)?.model;
  const answer = useQuery({ ...runsQuery(model), enabled: lives.isFetched });
  const isKnown = answer.data !== undefined && lives.data !== undefined;
  const isUnknown = (answer.isError && !answer.data) || (lives.isError && !lives.data);
  const summary = isKnown
    ? listSentence(answer.data.runs, answer.dataUpdatedAt)
    : ({
        tone: 'none',
        word: isBeyond(answer.error ?? lives.error)
          ? beyond.short
          : isUnknown
            ? common.unknown
            : common.waiting,
      } as const);
  const [training, setTraining] = useState<string>();
  return (
    <>
      <div className="page-head">
        <Headline page={common.eyebrow} tone={summary.tone}>
          {summary.word}
        </Headline>
        {models.length > 0 && (
          <div className="actions">
            <Needs everywhere>
              <button
                type="button"
                className="button primary"
                onClick={() => setTraining(model ?? models[0]?.model)}
              >
                {words.train}
              </button>
            </Needs>
          </div>
        )}
      </div>
      {!isKnown && <Waiting answers={[answer, lives]} height={420} />}
      {isKnown && models.length === 0 && (
        <div className="card">
          <EmptySend title={words.noModels} text={words.noModelsText} />
        </div>
      )}
      {isKnown && models.length > 0 && (
        <>
          <Outlook outlook={answer.data.outlook} models={models} onTrain={setTraining} />
          {answer.data.runs.length === 0 ? (
            <NoRuns model={model ?? models[0]?.model ?? ''} isFiltered={model !== undefined} />
          ) : (
            <RunsSection
              key={model}
              runs={answer.data.runs}
              now={answer.dataUpdatedAt}
              tools={<ModelFilter models={models} model={model} />}
            />
          )}
        </>
      )}
      {training !== undefined && (
        <TrainDialog
          models={models.map((each) => each.model)}
          initial={training}
          onClose={() => setTraining(undefined)}
        />
      )}
    </>
  );
}

interface OutlookProps {
  outlook: TrainingRunsAnswer['outlook'];
  models: ModelLivesAnswer['models'];
  onTrain(model: string): void;
}

function Outlook({ outlook, models, onTrain }: OutlookProps) {
  return (
    <Section title={words.outlook} text={words.outlookText}>
      <ul className="card entry-list outlook">
        {outlook.map(({ model, sentence }) => (
          <li key={model} className="entry">
            <div className="entry-name">
              <h3>{model}</h3>
              <p>{sentence}</p>
              <p className="muted">{models.find((each) => each.model === model)?.sentence}</p>
            </div>
            <div className="actions">
              <Link
                to="/models/$model/versions"
                params={{ model }}
                search={keepView}
                className="button small"
              >
                {words.versions}
              </Link>
              <Link
                to="/models/$model/versions/plan"
                params={{ model }}
                search={keepView}
                className="button small"
              >
                {words.plan}
              </Link>
              {outlook.length > 1 && (
                <Needs everywhere>
                  <button type="button" className="button small" onClick={() => onTrain(model)}>
                    {words.train}
                    <span className="visually-hidden"> {model}</span>
                  </button>
                </Needs>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function NoRuns({ model, isFiltered }: { model: string; isFiltered: boolean }) {
  const { change } = useView();
  return (
    <div className="section">
      <div className="card">
        <Empty title={isFiltered ? words.noMatch : words.emptyTitle}>
          <p className="muted empty-text">{words.emptyText}</p>
          {isFiltered && (
            <button
              type="button"
              className="text-button"
              onClick={() => change({ model: undefined })}
            >
              {words.allModels}
            </button>
          )}
          <Command label={words.emptyCommand} text={trainCommand(location.origin, model)} />
        </Empty>
      </div>
    </div>
  );
}

/** As a command for this very engine. */
export function trainCommand(origin: string, model: string): string {
  return `curl ${origin}/v1/retraining -H 'content-type: application/json' \\\n  -d '${JSON.stringify({ model, reason: 'A first version' })}'`;
}

interface FilterProps {
  models: ModelLivesAnswer['models'];
  /** undefined: all of them. */
  model: string | undefined;
}

function ModelFilter({ models, model }: FilterProps) {
  const { change } = useView();
  if (models.length < 2 && model === undefined) return null;
  return (
    <NativeSelect
      size="xs"
      label={words.model}
      data={[
        { value: '', label: words.allModels },
        ...models.map((each) => ({ value: each.model, label: each.model })),
      ]}
      value={model ?? ''}
      onChange={({ currentTarget: { value } }) =>
        change({ model: value === '' ? undefined : value })
      }
    />
  );
}
