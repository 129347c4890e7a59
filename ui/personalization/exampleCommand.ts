/** A first policy as commands, for the address that the page has: defined, started, asked, and told what came of it. */

/** @param time of the outcome, ISO 8601 */
export function exampleCommand(origin: string, time: string): string {
  const policy = {
    key: 'tutor',
    name: 'What the tutor suggests',
    algorithm: { name: 'linear-thompson' },
    actions: [
      { key: 'video', name: 'Short video' },
      { key: 'text', name: 'Explanation in words' },
    ],
    context: { features: [{ kind: 'numeric', field: 'grade', centre: 8, scale: 2 }] },
    control: 'text',
  };
  const post = (path: string, body: unknown, spaces = 0) =>
    `curl ${origin}${path} -H 'content-type: application/json' \\\n  -d '${JSON.stringify(body, null, spaces)}'`;
  return [
    post('/v1/policies', { policy, reason: 'A first draft' }, 2),
    `curl -X POST ${origin}/v1/policies/tutor/start`,
    post('/v1/decisions', { policy: 'tutor', user: 'student-1', attributes: { grade: 7 } }),
    '# What came of it, by the id of the decision in the answer:',
    post('/v1/events', {
      ...{ id: 'outcome-1', type: 'outcome', time, user: 'student-1' },
      ...{ decision: 'ID', value: 1 },
    }),
  ].join('\n');
}
