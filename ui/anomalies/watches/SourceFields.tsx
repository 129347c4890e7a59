/** What a watch looks at: a metric, a figure of a statistic, or findings; names that the engine has are proposed. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { StatisticsAnswer } from '../../../contracts/api.ts';
import { getJson } from '../../data/client.ts';
import { metricsQuery } from '../../data/queries.ts';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import { FormPart } from '../../definitions/FormPart.tsx';
import { form as words } from '../../words/watchForm.ts';
import { figures } from '../../words/watchSettings.ts';
import type { Draft } from './draft.ts';
import type { PartProps } from './part.ts';

const statisticsQuery = {
  queryKey: ['statistics'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    getJson<StatisticsAnswer>('/v1/statistics', {}, signal),
  retry: false,
} as const;

const kinds = ['metric', 'statistic', 'finding'] as const;

export function SourceFields(part: PartProps) {
  const { draft, problems, change } = part;
  return (
    <FormPart title={words.source}>
      <NativeSelect
        label={words.kind}
        data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
        value={draft.source}
        onChange={({ currentTarget: { value } }) => change(asFits(value as Draft['source'], draft))}
      />
      {draft.source === 'metric' && <MetricFields {...part} />}
      {draft.source === 'statistic' && <StatisticFields {...part} />}
      {draft.source === 'finding' && (
        <TextInput
          label={words.finding}
          value={draft.finding}
          spellCheck={false}
          onChange={({ currentTarget: { value } }) => change({ finding: value })}
        />
      )}
      <details className="payload">
        <summary>{words.more}</summary>
        <TextInput
          label={words.pipeline}
          value={draft.pipeline}
          spellCheck={false}
          onChange={({ currentTarget: { value } }) => change({ pipeline: value })}
        />
      </details>
      <FieldNotes fields={['source']} problems={problems} />
    </FormPart>
  );
}

/** What is usual is learnt of metrics alone: another source begins with another judgement. */
export function asFits(source: Draft['source'], { judgement }: Draft): Partial<Draft> {
  if (source === 'metric') return { source, judgement: judgement === 'limit' ? 'limit' : 'usual' };
  return { source, ...(judgement === 'usual' ? { judgement: 'alarms' as const } : {}) };
}

function MetricFields({ draft, change }: PartProps) {
  const listId = useId();
  const { data } = useQuery(metricsQuery);
  const names = [...new Set(data?.metrics.map(({ metric }) => metric))].sort();
  return (
    <>
      <div className="field-row even">
        <TextInput
          label={words.metric}
          description={words.metricText}
          list={listId}
          value={draft.metric}
          spellCheck={false}
          onChange={({ currentTarget: { value } }) => change({ metric: value })}
        />
        <NativeSelect
          label={words.metricFigure}
          data={Object.entries(figures).map(([value, label]) => ({ value, label }))}
          value={draft.metricFigure}
          onChange={({ currentTarget: { value } }) =>
            change({ metricFigure: value as Draft['metricFigure'] })
          }
        />
      </div>
      <datalist id={listId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="field-row even">
        <NativeSelect
          label={words.by}
          data={Object.entries(words.bys).map(([value, label]) => ({ value, label }))}
          value={draft.by}
          onChange={({ currentTarget: { value } }) => change({ by: value as Draft['by'] })}
        />
        <TextInput
          label={words.width}
          description={words.widthText}
          value={draft.width}
          onChange={({ currentTarget: { value } }) => change({ width: value })}
        />
      </div>
    </>
  );
}

function StatisticFields({ draft, change }: PartProps) {
  const listId = useId();
  const { data } = useQuery(statisticsQuery);
  const names = [...new Set(data?.statistics.map(({ name }) => name))].sort();
  return (
    <div className="field-row even">
      <TextInput
        label={words.statistic}
        description={words.statisticText}
        list={listId}
        value={draft.statistic}
        spellCheck={false}
        onChange={({ currentTarget: { value } }) => change({ statistic: value })}
      />
      <TextInput
        label={words.figure}
        value={draft.figure}
        spellCheck={false}
        onChange={({ currentTarget: { value } }) => change({ figure: value })}
      />
      <datalist id={listId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  );
}
