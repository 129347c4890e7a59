/** Cells of the matrix of segments by actions. */
import type { PolicyReport } from '../../contracts/policyApi.ts';

export type SegmentCell = PolicyReport['segments'][number];

/** Below so many users a cell is shown with reservation. */
export const thinUsers = 30;

export interface SegmentRow {
  /** "grade=7" */
  readonly segment: string;
  /** Mean over its actions, weighted by their decisions; null without any. */
  readonly mean: number | null;
  /** By action. */
  readonly cells: ReadonlyMap<string, SegmentCell>;
}

/** The attribute of "grade=7"; what has none is one itself. */
export function attributeOf(segment: string): string {
  return segment.split('=')[0] ?? segment;
}

/** @param attribute only of this one; undefined: all */
export function segmentRows(
  { segments }: Pick<PolicyReport, 'segments'>,
  attribute: string | undefined,
): SegmentRow[] {
  const rows = new Map<string, Map<string, SegmentCell>>();
  for (const cell of segments) {
    if (attribute !== undefined && attributeOf(cell.segment) !== attribute) continue;
    const cells = rows.get(cell.segment) ?? new Map<string, SegmentCell>();
    cells.set(cell.action, cell);
    rows.set(cell.segment, cells);
  }
  return [...rows].map(([segment, cells]) => ({ segment, cells, mean: meanOf(cells) }));
}

function meanOf(cells: ReadonlyMap<string, SegmentCell>): number | null {
  let sum = 0;
  let weight = 0;
  for (const { worth } of cells.values()) {
    if (worth.mean === null || worth.decisions === null) continue;
    sum += worth.mean * worth.decisions;
    weight += worth.decisions;
  }
  return weight === 0 ? null : sum / weight;
}

/** What one more of the action earns than the segment does on average; null where it is not known. */
export function upliftOf(cell: SegmentCell | undefined, row: SegmentRow): number | null {
  if (cell === undefined || cell.worth.mean === null || row.mean === null) return null;
  return cell.worth.mean - row.mean;
}

export function isThin({ users, worth }: SegmentCell): boolean {
  return users < thinUsers || worth.low === null || worth.high === null;
}
