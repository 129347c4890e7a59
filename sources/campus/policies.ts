/** The tutor's policy as an administrator would have defined it: so that a new engine has something to learn and to show. */
import { Policy } from '../../contracts/policy.ts';
import type { Campus } from './campus.ts';
import { formats } from './curriculum.ts';
import { suggestionPolicy } from './response.ts';

const names: Readonly<Record<(typeof formats)[number], string>> = {
  exercise: 'Another exercise',
  video: 'A short video',
  reading: 'A page to read',
};

/** Feedback comes within minutes. */
const horizonMs = 3_600_000;

/** Running since the campus began: until an application asks for decisions, the campus makes them uniformly at random. */
export function campusPolicy({ start }: Campus): Policy {
  return Policy.parse({
    key: suggestionPolicy,
    name: 'What the tutor suggests',
    purpose: 'After a unit the tutor suggests how to go on; students say whether that helped.',
    algorithm: { name: 'linear-thompson', parameters: {} },
    actions: formats.map((key) => ({ key, name: names[key] })),
    context: { features: [{ kind: 'categorical', field: 'programme', buckets: 8 }] },
    segments: ['programme'],
    reward: { rules: [{ filter: { field: 'type', is: 'feedback' } }], horizonMs },
    state: 'running',
    stages: [{ number: 1, startAt: start, change: 'Started with the campus' }],
  });
}
