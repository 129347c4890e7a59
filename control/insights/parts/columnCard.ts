/** What cards about columns of the data have in common: subject, whom it concerns, and where it is looked at. */
import type { Finding, InsightAction } from '../../../contracts/insight.ts';
import type { Facts } from '../facts.ts';
import type { BreakFacts, ColumnFacts } from '../gather/columns.ts';
import type { ModelFacts } from '../gather/modelFacts.ts';
import { quoted } from './insightWords.ts';

/** Days of fewer rows say too little. */
export const columnRowsMin = 100;

export function columnSubject({ key, name }: Pick<ColumnFacts, 'key' | 'name'>) {
  return { kind: 'column', key, name } as const;
}

export function columnTitle({ name }: Pick<ColumnFacts, 'name'>): string {
  return quoted(name);
}

/** The model that reads it, where that is known. */
export function readerOf(
  { isRead, model, pipeline }: ColumnFacts,
  { models }: Facts,
): ModelFacts | undefined {
  if (isRead !== true || model === null) return undefined;
  return models?.find((each) => each.key === model && each.pipeline === pipeline);
}

/** Whoever the model that reads it predicts for; else nobody knows. */
export function columnReach(column: ColumnFacts, facts: Facts): Finding['reach'] {
  const users = readerOf(column, facts)?.users ?? null;
  if (users !== null) return { share: Math.min(1, users / Math.max(1, facts.activeUsers)), users };
  return { share: column.isRead === false ? 0.25 : 0.75, users: null };
}

/** What stands and falls with the column, for the line on impact. */
export function dependsOn(column: ColumnFacts, facts: Facts): string {
  const model = readerOf(column, facts);
  if (model !== undefined) return `The model ${quoted(model.key)} reads it for every prediction.`;
  if (column.role === 'label') return 'Models learn from it what was right.';
  return column.isRead === false
    ? 'No model reads it; figures by it are wrong all the same.'
    : 'Whatever reads it works with what is left.';
}

export function lookAtColumn({ key, name }: ColumnFacts, label?: string): InsightAction {
  return {
    label: label ?? `See ${quoted(name)} by day`,
    page: `/drift/${encodeURIComponent(key)}`,
    request: null,
    needs: 'read',
    consequence: 'Nothing changes yet: it has to be mended where the data come from.',
    undo: 'There is nothing to take back.',
  };
}

/** Breaks of the newest judged day that were there the day before as well, when that was judged. */
export function lastingBreaks(
  { distances, breaks }: ColumnFacts,
  kinds: readonly string[],
): (BreakFacts & { readonly since: number })[] {
  const days = distances.map(({ day }) => day);
  const [newest, former] = [days.at(-1), days.at(-2)];
  if (newest === undefined) return [];
  return breaks
    .filter(({ day, kind }) => day === newest && kinds.includes(kind))
    .flatMap((found) => {
      const broken = new Set(breaks.filter(({ kind }) => kind === found.kind).map((b) => b.day));
      if (former === undefined || !broken.has(former)) return [];
      let first = days.length - 1;
      while (first > 0 && broken.has(days[first - 1]!)) first -= 1;
      return [{ ...found, since: days[first]! }];
    });
}
