/** How do the models do? Those of the engine and those from outside, each with how well it did of all time. */
import { useQuery } from '@tanstack/react-query';
import { modelsQuery } from '../data/queries.ts';
import '../definitions/definitions.css';
import { Command } from '../parts/Command.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Section } from '../parts/Section.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { modelLivesQuery } from '../versions/queries.ts';
import { labelCommand, predictionCommand } from './exampleCommand.ts';
import { listSentence } from './listSentence.ts';
import './models.css';
import { words as common, list as words } from '../words/models.ts';
import { OutsideTable } from './OutsideTable.tsx';
import { OwnTable } from './OwnTable.tsx';
import { watchedModelsQuery } from './queries.ts';

export function ListPage() {
  const own = useQuery(modelsQuery);
  const outside = useQuery(watchedModelsQuery);
  const lives = useQuery(modelLivesQuery);
  const isKnown = own.data !== undefined && outside.data !== undefined;
  const isUnknown = (own.isError && !own.data) || (outside.isError && !outside.data);
  const summary = isKnown
    ? listSentence(own.data.models, outside.data.models)
    : ({ tone: 'none', word: isUnknown ? words.unknown : words.waiting } as const);
  const isEmpty = isKnown && own.data.models.length === 0 && outside.data.models.length === 0;
  return (
    <>
      <Headline page={common.eyebrow} tone={summary.tone}>
        {summary.word}
      </Headline>
      {!isKnown && <Waiting answers={[own, outside]} height={320} />}
      {isEmpty && (
        <div className="card">
          <Empty title={words.emptyTitle}>
            <p className="muted empty-text">{words.emptyText}</p>
            <Commands />
          </Empty>
        </div>
      )}
      {isKnown && !isEmpty && (
        <>
          {own.data.models.length > 0 && (
            <Section title={words.own} text={words.ownText}>
              <OwnTable models={own.data.models} lives={lives.data?.models ?? []} />
            </Section>
          )}
          <Section title={words.outside} text={words.outsideText}>
            {outside.data.models.length > 0 ? (
              <OutsideTable models={outside.data.models} />
            ) : (
              <div className="card">
                <Empty title={words.noOutside}>
                  <p className="muted empty-text">{words.noOutsideText}</p>
                  <Commands />
                </Empty>
              </div>
            )}
            {outside.data.more && <p className="muted">{words.more}</p>}
          </Section>
        </>
      )}
    </>
  );
}

/** A prediction, and what happened then. */
function Commands() {
  const time = new Date().toISOString();
  return (
    <div className="commands">
      <Command label={common.sendPrediction} text={predictionCommand(location.origin, time)} />
      <Command label={common.sendLabel} text={labelCommand(location.origin, time)} />
    </div>
  );
}
