/** Words that the forms and dialogs of all definitions share. */

export const problems = {
  refused: 'The engine refuses it:',
  severities: { problem: 'Problem', remark: 'Remark' },
} as const;

export const name = {
  name: 'Name',
  key: 'Key',
} as const;

export const save = {
  panel: 'Check and save',
  reasonText: 'It goes into the record.',
  create: 'Create draft',
  save: 'Save',
  saving: 'On its way …',
  discard: 'Discard changes',
  discarded: 'All changes were discarded.',
  undo: 'Undo',
  restored: 'Your draft from before is here again.',
  unchanged: 'Nothing written yet',
  sound: 'Nothing stands against it',
  cannot: 'It cannot be saved',
  problems: (count: number) => `${count} ${count === 1 ? 'problem' : 'problems'}`,
  remarks: (count: number) => `${count} ${count === 1 ? 'remark' : 'remarks'}`,
  checking: 'checking …',
  newer: (what: string) => `Somebody has changed this ${what} since you began.`,
  takeNewer: 'Take the newest version; your draft is left behind',
} as const;

export const reasons = {
  reason: 'Reason',
  /** Beside what is done at once, without a form. */
  reasonText: 'It goes into the record, for those who come after you.',
  reasonMissing: 'Say why: in a year nobody will remember.',
} as const;

export const conditions = {
  operators: {
    is: 'is',
    in: 'is one of',
    above: 'is above',
    atLeast: 'is at least',
    below: 'is below',
    atMost: 'is at most',
    exists: 'is known',
    absent: 'is not known',
  },
} as const;
