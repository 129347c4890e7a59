/** What needs me now? All experiments by state, each with its verdict. */

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DefinitionState } from '../../contracts/definitionState.ts';
import type { ExperimentSummary } from '../../contracts/experimentApi.ts';
import { keepView } from '../data/search.ts';
import { Command } from '../parts/Command.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Needs } from '../parts/Needs.tsx';
import { Section } from '../parts/Section.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { ExperimentCard } from './ExperimentCard.tsx';
import { exampleCommand } from './exampleCommand.ts';
import '../definitions/definitions.css';
import './experiments.css';
import { words as common, list as words } from '../words/experiments.ts';
import { listSentence, needOf } from './listSentence.ts';
import { experimentMetricsQuery, experimentsQuery } from './queries.ts';

const order: readonly DefinitionState[] = ['running', 'paused', 'draft', 'stopped', 'archived'];
const waiting = { tone: 'none', word: words.waiting } as const;
const unknown = { tone: 'none', word: words.unknown } as const;

export function ListPage() {
  const answer = useQuery(experimentsQuery);
  const metrics = useQuery(experimentMetricsQuery);
  const nameOf = (metric: string) =>
    metrics.data?.metrics.find((each) => each.metric.key === metric)?.metric.name ?? metric;
  const experiments = answer.data?.experiments;
  const summary =
    experiments === undefined ? (answer.isError ? unknown : waiting) : listSentence(experiments);
  return (
    <>
      <div className="page-head">
        <Headline page={common.eyebrow} tone={summary.tone}>
          {summary.word}
        </Headline>
        {experiments !== undefined && experiments.length > 0 && (
          <div className="actions">
            <Link to="/experiments/plan" search={keepView} className="button">
              {words.plan}
            </Link>
            <Needs everywhere>
              <Link to="/experiments/new" search={keepView} className="button primary">
                {words.create}
              </Link>
            </Needs>
          </div>
        )}
      </div>
      {experiments === undefined && <Waiting answers={[answer]} height={320} />}
      {experiments?.length === 0 && <EmptyList />}
      {order.map((state) => (
        <Group
          key={state}
          state={state}
          nameOf={nameOf}
          experiments={experiments?.filter((experiment) => experiment.state === state) ?? []}
        />
      ))}
    </>
  );
}

/** Those that need a decision come first, then the newest. */
interface GroupProps {
  state: DefinitionState;
  experiments: readonly ExperimentSummary[];
  nameOf(metric: string): string;
}

function Group({ state, experiments, nameOf }: GroupProps) {
  if (experiments.length === 0) return null;
  const newest = ({ startedAt, endedAt }: ExperimentSummary) => endedAt ?? startedAt ?? 0;
  const sorted = experiments.toSorted(
    (a, b) =>
      Number(needOf(b) !== undefined) - Number(needOf(a) !== undefined) || newest(b) - newest(a),
  );
  return (
    <Section
      title={
        <>
          {common.states[state]} <span className="muted">{experiments.length}</span>
        </>
      }
    >
      <ul className="card flush entry-list">
        {sorted.map((experiment) => (
          <ExperimentCard
            key={experiment.key}
            experiment={experiment}
            primary={experiment.primary === null ? null : nameOf(experiment.primary)}
          />
        ))}
      </ul>
    </Section>
  );
}

function EmptyList() {
  return (
    <div className="card">
      <Empty title={words.emptyTitle}>
        <p className="muted">{words.emptyText}</p>
        <div className="actions">
          <Needs everywhere>
            <Link to="/experiments/new" search={keepView} className="button primary">
              {words.create}
            </Link>
          </Needs>
          <Link to="/experiments/plan" search={keepView} className="button">
            {words.plan}
          </Link>
        </div>
        <p className="muted">{words.emptyCommand}</p>
        <Command text={exampleCommand(location.origin)} />
      </Empty>
    </div>
  );
}
