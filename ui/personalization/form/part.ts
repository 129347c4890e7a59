/** What each part of the form of a policy is given. */
import type { ProblemSaid } from '../../experiments/queries.ts';
import type { Draft } from './draft.ts';

export interface PartProps {
  readonly draft: Draft;
  readonly problems: readonly ProblemSaid[];
  change(part: Partial<Draft>): void;
  /** Takes something away, which can be undone. */
  lose(part: Partial<Draft>, lost: string): void;
}
