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

export const asking = {
  consequences: 'What it brings about',
  blocking: 'It cannot be done like this',
  conflict:
    'Somebody has changed it meanwhile. You see its newest version now: confirm once more to change that.',
  cancel: 'Cancel',
  pending: 'On its way …',
} as const;

export const undo = {
  undo: 'Undo',
  dismiss: 'Dismiss',
} as const;

export const conditions = {
  nameless: 'A row names no attribute. Name one, or remove it.',
  empty: (name: string) => `The row on "${name}" has no value.`,
  noNumber: (name: string, value: string) => `The row on "${name}" needs a number, got "${value}".`,
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

/** As a phrase. */
export const phrases = {
  everyone: 'everyone',
  nobody: 'nobody',
  and: ' and ',
  or: ' or ',
  not: (part: string) => `not (${part})`,
  is: (field: string, value: string) => `${field} is ${value}`,
  above: (field: string, value: string) => `${field} above ${value}`,
  atLeast: (field: string, value: string) => `${field} at least ${value}`,
  below: (field: string, value: string) => `${field} below ${value}`,
  atMost: (field: string, value: string) => `${field} at most ${value}`,
  exists: (field: string) => `${field} is known`,
  absent: (field: string) => `${field} is not known`,
} as const;

export const record = {
  title: 'Decision log',
  none: '–',
  text: 'Each change, by whom, and why. The newest first.',
  when: 'When',
  change: 'What',
  reason: 'Why',
  actor: 'Who',
  revision: 'Revision',
} as const;
