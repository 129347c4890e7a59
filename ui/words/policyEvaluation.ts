/** Words of the evaluation of other policies by the log. */

const space = '\u00a0';

export const evaluation = {
  title: 'What another policy would have earned',
  text: 'Led through the decisions of the range above, learning from the same rewards; nobody is given anything by it.',
  candidates: 'Which ones',
  uniform: 'Chance',
  uniformNote: 'every action as likely',
  uniformIsControl: 'every action as likely: the control',
  control: 'The control',
  isOwn: 'as now, with its usual parameters',
  keeps: 'by what was learnt',
  learns: (learner: string) => `with a learner of its own: ${learner}`,
  other: 'Another policy',
  noOther: 'None',
  otherPolicy: (key: string) => `the policy ${key}`,
  run: 'Evaluate',
  cancel: 'Cancel',
  tooMany: (most: number) => `At most ${most} at once.`,
  noneChosen: 'Choose at least one.',
  begins: 'The decisions are being read …',
  progress: (decisions: string, of: string, share: string) =>
    `${share}: ${decisions} of ${of} decisions`,
  refused: 'The log cannot tell',
  failed: 'It could not be evaluated',
  ranking: 'Order by what they would have earned',
  place: 'Place',
  candidate: 'Policy',
  logged: 'As it was decided',
  loggedNote: (algorithm: string) => `“logged”: ${algorithm} as it stood in each stage`,
  earned: 'Reward each',
  lessLogged: 'Against what was earned',
  more: 'More',
  less: 'Less',
  open: 'Not told apart',
  effective: 'Effective decisions',
  unspoken: 'Unknown',
  next: 'Go on',
  take: 'Take it …',
  takeIt: (name: string) => `Take ${name} as the algorithm`,
  copy: 'As a new policy …',
  copyFor: (name: string) => `Make a new policy for ${name}, from a copy of this one`,
  look: 'Look at it',
  lookAt: (name: string) => `Look at ${name}`,
  basis: 'By what was judged, and what to keep in mind',
  judgedBy: (decisions: string, from: string, to: string) =>
    `Judged by ${decisions}${space}decisions of the policy’s own choice, from ${from} to ${to}.`,
  learntOnly: (held: string, pinned: string) =>
    `From ${held}${space}decisions for the held-out and ${pinned}${space}pinned ones is learnt, but nobody is judged by them.`,
  beyondBounds: (count: string) =>
    `${count}${space}decisions have a reward beyond the bounds, and were left out.`,
  chosenByLooking:
    'What is chosen because it stands first looks better than it is: its worth will show against the held-out.',
} as const;
