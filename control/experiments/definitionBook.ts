/** What rows of the table of definitions mean: the newest of each key, and how it came to be. Pure: no store, no clock. */
import { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { DefinitionHead, DefinitionRow } from './definitionRows.ts';
import { describeChange } from './describeChange.ts';

export interface RecordedChange {
  readonly revision: number;
  /** ms since 1970. */
  readonly at: number;
  readonly actor: string;
  readonly reason: string;
  /** What changed, in a sentence. */
  readonly change: string;
}

export interface KnownExperiment {
  /** The newest that can be read; its revision is the head's, unless that one cannot. */
  readonly record: ExperimentRecord;
  /** When that was made, ms since 1970. */
  readonly at: number;
  /** When it was stopped, ms since 1970; null while it was not. */
  readonly endedAt: number | null;
  readonly head: DefinitionHead;
  /** The oldest first. */
  readonly changes: readonly RecordedChange[];
}

export interface KnownMetric {
  readonly metric: ExperimentMetric;
  readonly revision: number;
  readonly head: DefinitionHead;
}

/** Told of a row that cannot be read, a sentence. */
type Tell = (sentence: string) => void;

/**
 * @param rows of one experiment, in the order of revisions and write ids
 * @returns undefined when none can be read
 */
export function knownExperiment(
  rows: readonly DefinitionRow[],
  tell: Tell,
): KnownExperiment | undefined {
  const counting = firstOfEach(rows);
  let record: ExperimentRecord | undefined;
  let at = 0;
  let endedAt: number | null = null;
  const changes: RecordedChange[] = [];
  for (const row of counting) {
    const parsed = ExperimentRecord.safeParse(jsonOf(row.definition));
    const fits =
      parsed.success &&
      parsed.data.revision === row.revision &&
      parsed.data.experiment.key === row.key;
    const { revision, actor, reason } = row;
    const told = { revision, at: row.at, actor, reason };
    if (!fits) {
      tell(unreadable(row));
      changes.push({ ...told, change: 'A definition that this version cannot read' });
      continue;
    }
    const change = describeChange(record?.experiment, parsed.data.experiment);
    changes.push({ ...told, change });
    record = parsed.data;
    at = row.at;
    if (record.experiment.state === 'stopped') endedAt ??= at;
  }
  return record && { record, at, endedAt, head: counting.at(-1)!, changes };
}

/** @param rows of one metric, in the order of revisions and write ids */
export function knownMetric(rows: readonly DefinitionRow[], tell: Tell): KnownMetric | undefined {
  const counting = firstOfEach(rows);
  let metric: ExperimentMetric | undefined;
  for (const row of counting) {
    const parsed = ExperimentMetric.safeParse(jsonOf(row.definition));
    if (parsed.success && parsed.data.key === row.key) metric = parsed.data;
    else tell(unreadable(row));
  }
  const head = counting.at(-1);
  return metric && head && { metric, revision: head.revision, head };
}

/** Of each revision the row that counts. */
function firstOfEach(rows: readonly DefinitionRow[]): DefinitionRow[] {
  return rows.filter(({ revision }, i) => revision !== rows[i - 1]?.revision);
}

function unreadable({ kind, key, revision }: DefinitionRow): string {
  return `Revision ${revision} of the ${kind} ${key} cannot be read and is passed over.`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
