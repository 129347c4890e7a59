/** What is found to be wrong with an experiment. */

export interface DefinitionProblem {
  /** A problem keeps the experiment from starting; a remark does not. */
  readonly severity: 'problem' | 'remark';
  /** Where it lies: a path in the experiment. */
  readonly field: string;
  readonly sentence: string;
}

/** Takes what a check finds; a problem unless it says otherwise. */
export type Tell = (field: string, sentence: string, severity?: 'problem' | 'remark') => void;
