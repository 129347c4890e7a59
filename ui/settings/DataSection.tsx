/** How the engine is and what it refuses, in short, with the ways to more; its version, and whose time is shown. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Health, RefusalsAnswer } from '../../contracts/api.ts';
import { healthQuery, refusalsQuery } from '../data/queries.ts';
import { keepView } from '../data/search.ts';
import { engineNow } from '../data/session.ts';
import { formatCount } from '../format/numbers.ts';
import { spanWords } from '../format/spans.ts';
import { zoneLabel } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Section } from '../parts/Section.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { settings, data as words } from '../words/settings.ts';
import { messages } from '../words/shell.ts';
import { versionQuery } from './queries.ts';

/** Clocks that differ by less agree, ms. */
const agreeMs = 45_000;
const minuteMs = 60_000;

export function DataSection() {
  const health = useQuery(healthQuery);
  return (
    <>
      {health.data === undefined ? (
        <Waiting answers={[health]} height={60} />
      ) : (
        <Headline page={settings.page} tone={health.data.state}>
          {words.headline(health.data.sentence)}
        </Headline>
      )}
      {health.data !== undefined && health.data.checks.length > 0 && (
        <Section title={words.healthTitle}>
          <div className="card flush">
            <DataTable
              label={words.healthTitle}
              columns={checkColumns}
              rows={health.data.checks}
              keyOf={({ name }) => name}
            />
          </div>
        </Section>
      )}
      <Refused />
      <Section title={words.routesTitle} text={words.routes}>
        <div className="card actions">
          <Link to="/anomalies/watches" search={keepView} className="button">
            {words.toRoutes}
          </Link>
        </div>
      </Section>
      <Engine />
    </>
  );
}

const checkColumns: readonly Column<Health['checks'][number]>[] = [
  { label: words.checks.check, head: true, cell: ({ name }) => name },
  {
    label: words.checks.state,
    cell: ({ state }) => <StateWord tone={state}>{messages.states[state]}</StateWord>,
  },
  { label: words.checks.said, cell: ({ detail }) => detail },
];

const reasonColumns: readonly Column<RefusalsAnswer['reasons'][number]>[] = [
  {
    label: words.reason,
    head: true,
    cell: ({ code, means }) => (
      <>
        {means}
        <code className="cell-detail">{code}</code>
      </>
    ),
  },
  { label: words.count, number: true, cell: ({ count }) => formatCount(count) },
];

function Refused() {
  const refusals = useQuery(refusalsQuery);
  const { data } = refusals;
  return (
    <Section
      title={words.refusedTitle}
      {...(data === undefined
        ? {}
        : {
            text: data.total === 0 ? words.refusedNone : words.refused(formatCount(data.total)),
          })}
      tools={
        <Link to="/pipelines" search={keepView} className="button">
          {data === undefined || data.total === 0 ? words.toAllPipelines : words.toPipelines}
        </Link>
      }
    >
      {data === undefined ? (
        <Waiting answers={[refusals]} height={120} />
      ) : (
        data.reasons.length > 0 && (
          <div className="card flush">
            <DataTable
              label={words.refusedTitle}
              columns={reasonColumns}
              rows={data.reasons}
              keyOf={({ code }) => code}
            />
          </div>
        )
      )}
    </Section>
  );
}

function Engine() {
  const version = useQuery(versionQuery);
  const offMs = Date.now() - engineNow();
  const isOff = Math.abs(offMs) >= agreeMs;
  return (
    <Section title={words.engineTitle} {...(isOff ? { text: words.clockNote } : {})}>
      <dl className="card facts">
        <div>
          <dt>{words.version}</dt>
          <dd>{version.data ?? words.unknown}</dd>
        </div>
        <div>
          <dt>{words.zone}</dt>
          <dd>{zoneLabel(Date.now())}</dd>
        </div>
        <div>
          <dt>{words.clock}</dt>
          <dd>
            <StateWord tone={isOff ? 'attention' : 'good'}>
              {isOff
                ? words.clockOff(
                    spanWords(Math.round(Math.abs(offMs) / minuteMs) * minuteMs),
                    offMs > 0,
                  )
                : words.clockSame}
            </StateWord>
          </dd>
        </div>
        <div>
          <dt>{words.address}</dt>
          <dd>{location.origin}</dd>
        </div>
      </dl>
      <div className="card actions">
        <a className="button" href="/docs">
          {words.docs}
        </a>
        <a className="button" href="/openapi.json">
          {words.openapi}
        </a>
      </div>
    </Section>
  );
}
