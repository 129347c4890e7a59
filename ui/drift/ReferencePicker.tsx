/** Which days drift is measured from, as the address holds them: whole days of UTC. */
import { TextInput } from '@mantine/core';
import type { DriftAnswer } from '../../contracts/driftApi.ts';
import { useView } from '../data/useView.ts';
import { reference as texts, words } from '../words/drift.ts';

const dayMs = 86_400_000;

/** 2026-03-04 */
function fieldOf(day: number | undefined): string {
  return day === undefined ? '' : new Date(day).toISOString().slice(0, 10);
}

function dayOf(field: string): number | undefined {
  const day = Date.parse(`${field}T00:00:00Z`);
  return Number.isNaN(day) ? undefined : day;
}

export function ReferencePicker({ reference, stored }: Pick<DriftAnswer, 'reference' | 'stored'>) {
  const { search, change } = useView();
  const { days, isGiven, weekdaysMissing } = reference;
  const first = search.referenceFrom ?? days[0];
  const last =
    search.referenceTo === undefined ? days.at(-1) : Math.max(0, search.referenceTo - dayMs);
  const bounds = {
    min: fieldOf(stored.first ?? undefined),
    max: fieldOf(stored.last ?? undefined),
  };
  /** A first day behind the last moves the last along, and the other way round. */
  const choose = (from: number | undefined, to: number | undefined) => {
    if (from === undefined || to === undefined) return;
    change({ referenceFrom: Math.min(from, to), referenceTo: Math.max(from, to) + dayMs });
  };
  const names = weekdaysMissing.map((weekday) => words.weekdays[weekday] ?? '');
  return (
    <div className="drift-reference">
      <div className="drift-reference-fields">
        <TextInput
          type="date"
          size="xs"
          label={texts.from}
          {...bounds}
          value={fieldOf(first)}
          onChange={({ currentTarget }) => choose(dayOf(currentTarget.value), last)}
        />
        <TextInput
          type="date"
          size="xs"
          label={texts.to}
          {...bounds}
          value={fieldOf(last)}
          onChange={({ currentTarget }) => choose(first, dayOf(currentTarget.value))}
        />
        {isGiven && (
          <button
            type="button"
            className="text-button"
            onClick={() => change({ referenceFrom: undefined, referenceTo: undefined })}
          >
            {texts.reset}
          </button>
        )}
      </div>
      {days.length === 0 && <p className="muted">{texts.none}</p>}
      {days.length > 0 && days.length < 3 && <p className="muted">{texts.few}</p>}
      {names.length > 0 && <p className="muted">{texts.missing(names)}</p>}
    </div>
  );
}
