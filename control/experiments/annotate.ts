/** Adds an annotation to an experiment, or takes one away: in any state, because no number depends on it. */
import { type Annotation, annotationsMax, type Experiment } from '../../contracts/experiment.ts';

export type AnnotationChange =
  /** `at` absent: it happens now. */
  | { readonly add: { readonly at?: number | undefined; readonly text: string } }
  | { readonly remove: Annotation };

/**
 * Equal annotations are one: who asks twice, as after a lost answer, changes nothing the second time.
 *
 * @returns the experiment as it is wanted, in the order of time; the same when nothing changes; or the sentence against it
 */
export function annotated(
  experiment: Experiment,
  change: AnnotationChange,
  now: number,
): Experiment | string {
  const { annotations } = experiment;
  const given =
    'add' in change ? { text: change.add.text, at: change.add.at ?? now } : change.remove;
  const others = annotations.filter(({ at, text }) => at !== given.at || text !== given.text);
  const isThere = others.length < annotations.length;
  if (isThere === 'add' in change) return experiment;
  if (!('add' in change)) return { ...experiment, annotations: others };
  if (annotations.length >= annotationsMax) {
    return `There are ${annotationsMax} annotations, and no more can be kept. Remove one that nobody needs.`;
  }
  return { ...experiment, annotations: [...others, given].sort((a, b) => a.at - b.at) };
}
