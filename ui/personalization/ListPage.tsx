/** What decides for whom, and is it worth it? All policies by state, each with what it earns against its control. */

import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DefinitionState } from '../../contracts/definitionState.ts';
import type { PolicySummary } from '../../contracts/policyApi.ts';
import { keepView } from '../data/search.ts';
import { Needs } from '../parts/Needs.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import '../definitions/definitions.css';
import { Command } from '../parts/Command.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Section } from '../parts/Section.tsx';
import { exampleCommand } from './exampleCommand.ts';
import { listSentence } from './listSentence.ts';
import { PolicyCard } from './PolicyCard.tsx';
import './personalization.css';
import { words as common, list as words } from '../words/personalization.ts';
import { type BriefReport, policiesQuery, wholeReportQuery } from './queries.ts';
import { UserSearch } from './UserSearch.tsx';

const order: readonly DefinitionState[] = ['running', 'paused', 'draft', 'stopped', 'archived'];
const waiting = { tone: 'none', word: words.waiting } as const;
const unknown = { tone: 'none', word: words.unknown } as const;

export function ListPage() {
  const answer = useQuery(policiesQuery);
  const policies = answer.data?.policies;
  const reports = useReports(policies ?? []);
  const summary =
    policies === undefined ? (answer.isError ? unknown : waiting) : listSentence(policies, reports);
  const isFilled = policies !== undefined && policies.length > 0;
  return (
    <>
      <div className="page-head">
        <Headline page={common.eyebrow} tone={summary.tone}>
          {summary.word}
        </Headline>
        {isFilled && (
          <div className="actions">
            <Needs everywhere>
              <Link to="/personalization/new" search={keepView} className="button primary">
                {words.create}
              </Link>
            </Needs>
          </div>
        )}
      </div>
      {isFilled && <UserSearch />}
      {policies === undefined && <Waiting answers={[answer]} height={320} />}
      {policies?.length === 0 && <EmptyList />}
      {order.map((state) => (
        <Group
          key={state}
          state={state}
          policies={policies?.filter((policy) => policy.state === state) ?? []}
          reports={reports}
        />
      ))}
    </>
  );
}

/** Of those that have begun to decide; where one is not to be had, the sentence does without. */
function useReports(policies: readonly PolicySummary[]): ReadonlyMap<string, BriefReport> {
  const started = policies.flatMap(({ key, state, startedAt }) =>
    startedAt === null || state === 'archived' ? [] : [{ key, startedAt }],
  );
  return useQueries({
    queries: started.map(({ key, startedAt }) => wholeReportQuery(key, startedAt)),
    combine: byPolicy,
  });
}

function byPolicy(
  answers: readonly { readonly data: BriefReport | undefined }[],
): ReadonlyMap<string, BriefReport> {
  return new Map(
    answers.flatMap(({ data }) => (data === undefined ? [] : [[data.policy, data] as const])),
  );
}

interface GroupProps {
  state: DefinitionState;
  policies: readonly PolicySummary[];
  reports: ReadonlyMap<string, BriefReport>;
}

function Group({ state, policies, reports }: GroupProps) {
  if (policies.length === 0) return null;
  const sorted = policies.toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0));
  return (
    <Section
      title={
        <>
          {common.states[state]} <span className="muted">{policies.length}</span>
        </>
      }
    >
      <ul className="card flush entry-list">
        {sorted.map((policy) => (
          <PolicyCard key={policy.key} policy={policy} report={reports.get(policy.key)} />
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
            <Link to="/personalization/new" search={keepView} className="button primary">
              {words.create}
            </Link>
          </Needs>
        </div>
        <p className="muted">{words.emptyCommand}</p>
        <Command text={exampleCommand(location.origin, new Date().toISOString())} />
      </Empty>
    </div>
  );
}
