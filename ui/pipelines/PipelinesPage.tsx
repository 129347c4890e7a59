/** Does the data flow? One sentence, each pipeline's course, and what was refused. */

import { useQuery } from '@tanstack/react-query';
import { epochHeight } from '../charts/epochCharts.ts';
import { isBeyond } from '../data/isBeyond.ts';
import { livePipelinesQuery } from '../data/queries.ts';
import { HappenedList } from '../happenings/HappenedList.tsx';
import { Command } from '../parts/Command.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { pipelines as words } from '../words/pipelines.ts';
import { beyond } from '../words/places.ts';
import { messages } from '../words/shell.ts';
import { PipelineView } from './PipelineView.tsx';
import './pipelines.css';
import { RefusedEvents } from './RefusedEvents.tsx';
import { pipelinesSentence } from './sentence.ts';

export function PipelinesPage() {
  const answer = useQuery(livePipelinesQuery);
  const pipelines = answer.data?.pipelines;
  const isElsewhere = isBeyond(answer.error);
  const summary =
    pipelines === undefined
      ? ({
          tone: 'none',
          word: answer.isPending
            ? messages.overview.waiting
            : isElsewhere
              ? beyond.short
              : messages.overview.unknown,
        } as const)
      : pipelinesSentence(pipelines);
  return (
    <>
      <Headline page={words.eyebrow} tone={summary.tone}>
        {summary.word}
      </Headline>
      {pipelines === undefined && <Waiting answers={[answer]} height={2 * epochHeight} />}
      {pipelines?.length === 0 && (
        <div className="card">
          <Empty title={messages.empty.noPipeline}>
            <p className="muted">{messages.empty.noPipelineText}</p>
            <Command text={messages.empty.startCommand} />
          </Empty>
        </div>
      )}
      {pipelines?.map((pipeline) => (
        <PipelineView key={pipeline.name} pipeline={pipeline} />
      ))}
      {!isElsewhere && (
        <>
          <HappenedList />
          <RefusedEvents />
        </>
      )}
    </>
  );
}
