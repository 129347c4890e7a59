/** What changed from one revision of an experiment to the next, in a sentence for its record. */
import { canonicalJson } from '../../contracts/canonicalJson.ts';
import type { DefinitionState } from '../../contracts/definitionState.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import { noteAdded, noteRemoved, notesChanged } from '../../contracts/noteSentences.ts';

const states: Record<DefinitionState, string> = {
  draft: 'Taken back to a draft',
  running: 'Started',
  paused: 'Paused',
  stopped: 'Stopped',
  archived: 'Archived',
};

/** Fields that the sentence shows otherwise, or that follow from others. */
const shownApart = new Set([
  'state',
  'stages',
  'decision',
  'hold',
  'traffic',
  'variants',
  'annotations',
]);

/**
 * @param before undefined when there was none
 *
 * @example
 * describeChange(half, whole); // 'Traffic 0.5 → 1 (stage 2)'
 */
export function describeChange(before: Experiment | undefined, after: Experiment): string {
  if (before === undefined) {
    return after.state === 'draft' ? 'Created' : `Taken over as it was: ${after.state}`;
  }
  const said: string[] = [];
  if (before.state !== after.state) said.push(describeMove(before, after));
  const stage = after.stages.length > before.stages.length ? after.stages.at(-1) : undefined;
  const starts = before.state === 'draft';
  const staged: string[] = [];
  if (before.traffic !== after.traffic) {
    staged.push(`Traffic ${before.traffic} → ${after.traffic}`);
  }
  if (!same(weightsOf(before), weightsOf(after))) {
    staged.push(`Weights ${weightsOf(before).join('/')} → ${weightsOf(after).join('/')}`);
  }
  if (stage !== undefined && !starts && staged.length === 0) staged.push('New stage');
  if (staged.length > 0) {
    const number = stage === undefined || starts ? '' : ` (stage ${stage.number})`;
    said.push(`${staged.join(', ')}${number}`);
  }
  said.push(...describeNotes(before, after));
  const fields = changedFields(before, after);
  if (fields.length > 0) said.push(`Changed: ${fields.join(', ')}`);
  return said.join('; ') || 'Nothing changed';
}

function describeMove(before: Experiment, { state, decision }: Experiment): string {
  if (state === 'running' && before.state === 'paused') return 'Resumed';
  if (state !== 'stopped') return states[state];
  if (decision === null) return 'Stopped without a decision';
  if (decision.verdict === 'ship') return `Stopped: "${decision.variant}" is shipped`;
  return decision.verdict === 'stop'
    ? 'Stopped: nothing is shipped'
    : 'Stopped: its evidence is invalid';
}

/** A note that was added or removed by its words; more at once by their number. */
function describeNotes({ annotations: before }: Experiment, { annotations: after }: Experiment) {
  const known = new Set(before.map(canonicalJson));
  const kept = new Set(after.map(canonicalJson));
  const added = after.filter((note) => !known.has(canonicalJson(note)));
  const removed = before.filter((note) => !kept.has(canonicalJson(note)));
  const [note] = [...added, ...removed];
  if (note === undefined) return [];
  if (added.length + removed.length > 1) {
    return [notesChanged(added.length, removed.length)];
  }
  return [added.length === 1 ? noteAdded(note.text) : noteRemoved(note.text)];
}

function changedFields(before: Experiment, after: Experiment): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const fields = [...names].filter((name) => {
    if (shownApart.has(name)) return false;
    return !same(before[name as keyof Experiment], after[name as keyof Experiment]);
  });
  const bare = ({ variants }: Experiment) => variants.map(({ weight, ...rest }) => rest);
  return same(bare(before), bare(after)) ? fields : [...fields, 'variants'];
}

function weightsOf({ variants }: Experiment): number[] {
  return variants.map(({ weight }) => weight);
}

function same(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}
