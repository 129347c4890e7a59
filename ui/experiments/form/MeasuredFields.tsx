/** What is measured: metrics with their roles, the smallest effect that matters, the error level, segments. */
import { NativeSelect, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { MetricsOfExperiments } from '../../../contracts/experimentApi.ts';
import type { MetricKind } from '../../../contracts/experimentMetric.ts';
import { keepView, type PlanSearch } from '../../data/search.ts';
import { storeDraft } from '../../definitions/draftStore.ts';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import { FormPart } from '../../definitions/FormPart.tsx';
import { numberOf } from '../../definitions/typed.ts';
import { form as words } from '../../words/experimentForm.ts';
import { roleWords } from '../../words/experiments.ts';
import { type MetricRole, roleOrder } from '../roles.ts';
import { AdvancedFields } from './AdvancedFields.tsx';
import type { Draft, MetricRow } from './draft.ts';
import { MetricDialog } from './MetricDialog.tsx';
import { PriorFields } from './PriorFields.tsx';
import type { PartProps } from './part.ts';

interface Props extends PartProps {
  readonly metrics: MetricsOfExperiments['metrics'];
  readonly kind: MetricKind | undefined;
  /** Under which the draft is kept. */
  readonly id: string;
}

export function MeasuredFields({ draft, problems, change, lose, metrics, kind, id }: Props) {
  const [creating, setCreating] = useState(false);
  const { metrics: rows } = draft;
  const edit = (index: number, part: Partial<MetricRow>) =>
    change({ metrics: rows.map((row, i) => (i === index ? { ...row, ...part } : row)) });
  const add = (metric: string) => {
    const role = rows.some((row) => row.role === 'primary') ? 'secondary' : 'primary';
    change({ metrics: [...rows, { metric, role }] });
  };
  const nameOf = (key: string) => metrics.find(({ metric }) => metric.key === key)?.metric.name;
  const unused = metrics.filter(({ metric }) => !rows.some((row) => row.metric === metric.key));
  return (
    <FormPart title={words.measured} text={words.measuredText}>
      <ul className="form-rows">
        {rows.map((row, i) => (
          <li key={`${row.metric} ${i}`} className="metric-row">
            <NativeSelect
              aria-label={words.metric(i + 1)}
              data={[
                { value: row.metric, label: nameOf(row.metric) ?? row.metric },
                ...unused.map(({ metric }) => ({ value: metric.key, label: metric.name })),
              ]}
              value={row.metric}
              onChange={({ currentTarget: { value } }) => edit(i, { metric: value })}
            />
            <NativeSelect
              aria-label={words.role(i + 1)}
              data={roleOrder.map((value) => ({ value, label: roleWords[value] }))}
              value={row.role}
              onChange={({ currentTarget: { value } }) => edit(i, { role: value as MetricRole })}
            />
            <button
              type="button"
              className="button small"
              aria-label={words.removeMetric(nameOf(row.metric) ?? row.metric)}
              onClick={() =>
                lose(
                  { metrics: rows.filter((_, index) => index !== i) },
                  words.removed(nameOf(row.metric) ?? row.metric),
                )
              }
            >
              {words.remove}
            </button>
          </li>
        ))}
      </ul>
      <div className="actions">
        {unused.length > 0 && (
          <NativeSelect
            aria-label={words.addMetric}
            data={[
              { value: '', label: words.addMetric },
              ...unused.map(({ metric }) => ({ value: metric.key, label: metric.name })),
            ]}
            value=""
            onChange={({ currentTarget: { value } }) => add(value)}
          />
        )}
        <button type="button" className="button small" onClick={() => setCreating(true)}>
          {words.newMetric}
        </button>
      </div>
      <FieldNotes fields={['metrics']} problems={problems} />
      <div className="field-row">
        <TextInput
          label={words.minimumEffect}
          description={kind === 'binary' ? words.minimumPoints : words.minimumValue}
          value={draft.minimumEffect}
          inputMode="decimal"
          rightSectionWidth={64}
          rightSection={kind === 'binary' ? words.points : undefined}
          onChange={({ currentTarget: { value } }) => change({ minimumEffect: value })}
        />
        <TextInput
          label={words.alpha}
          description={words.alphaText}
          value={draft.alpha}
          inputMode="decimal"
          rightSection="%"
          onChange={({ currentTarget: { value } }) => change({ alpha: value })}
        />
      </div>
      <FieldNotes fields={['minimumEffect', 'alpha']} problems={problems} />
      <PriorFields draft={draft} problems={problems} change={change} kind={kind} />
      <p>
        <Link
          to="/experiments/plan"
          search={(search) => ({ ...keepView(search), plan: planOf(draft, kind, id) })}
          className="button small"
          // Also one that has not been touched: the planner writes into it.
          onClick={() => storeDraft(id, draft)}
        >
          {words.plan}
        </Link>
      </p>
      <TextInput
        label={words.segments}
        description={words.segmentsText}
        placeholder="grade, track"
        value={draft.segments}
        spellCheck={false}
        onChange={({ currentTarget: { value } }) => change({ segments: value })}
      />
      <FieldNotes fields={['segments']} problems={problems} />
      <AdvancedFields rows={rows} nameOf={(key) => nameOf(key) ?? key} edit={edit} />
      {creating && (
        <MetricDialog
          onClose={() => setCreating(false)}
          onCreated={(key) => {
            setCreating(false);
            add(key);
          }}
        />
      )}
    </FormPart>
  );
}

/** What the planner can know from the draft. */
function planOf(draft: Draft, kind: MetricKind | undefined, id: string): PlanSearch {
  const effect = numberOf(draft.minimumEffect);
  const isBinary = kind === 'binary' || kind === undefined;
  const alpha = numberOf(draft.alpha);
  const treated = draft.variants.filter((variant) => variant.id !== draft.control);
  const weights = [draft.variants.find((variant) => variant.id === draft.control), treated[0]].map(
    (variant) => numberOf(variant?.weight ?? '') ?? 0,
  );
  const both = (weights[0] ?? 0) + (weights[1] ?? 0);
  const split = both > 0 ? (weights[1] ?? 0) / both : 0.5;
  return {
    kind: isBinary ? 'binary' : 'continuous',
    effect: effect !== undefined && effect > 0 ? (isBinary ? effect / 100 : effect) : undefined,
    alpha: alpha !== undefined && alpha > 0 && alpha <= 50 ? alpha / 100 : undefined,
    split: split > 0 && split < 1 ? split : undefined,
    cluster: draft.unit === 'user' ? undefined : 25,
    metric: draft.metrics.find(({ role }) => role === 'primary')?.metric,
    unit: draft.unit,
    draft: id,
  };
}
