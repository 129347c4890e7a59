/** A log of decisions as the tutor of `fakePolicies` could have made them: seeded, each with its reward. */
import type { PolicyLog } from '../../control/policies/evaluation/policyLog.ts';
import type { LoggedChoice } from '../../models/evaluation/loggedChoice.ts';
import { randomState, uniform } from '../../stats/random.ts';

const minute = 60_000;

/**
 * One a minute; the first action is likelier than the others. Videos earn more in lower grades, exercises in higher ones.
 *
 * @param actions keys
 */
export function fakeLog(
  actions: readonly string[],
  { from = 0 }: { readonly from?: number | undefined },
  decisions = 1_500,
): PolicyLog {
  const random = randomState(3);
  const choices = Array.from({ length: decisions }, (_, i): LoggedChoice => {
    const grade = 6 + Math.floor(6 * uniform(random));
    const attributes = { grade, track: i % 3 === 0 ? 'evening' : 'academic', mistakes: i % 5 };
    const rest = 0.5 / Math.max(1, actions.length - 1);
    const offered = actions.map((action, n) => ({ action, probability: n === 0 ? 0.5 : rest }));
    const draw = uniform(random);
    const place =
      draw < 0.5 ? 0 : Math.min(actions.length - 1, 1 + Math.floor((draw - 0.5) / rest));
    const lean = place === 0 ? 9 - grade : place === 2 ? grade - 9 : 0;
    const time = from + i * minute;
    return {
      ...{ id: `d-${i}`, time, knownAt: time + 3 * minute, way: 'policy', attributes, offered },
      ...{ action: actions[place]!, probability: offered[place]!.probability },
      reward: uniform(random) < 0.45 + 0.08 * lean ? 1 : 0,
    };
  });
  return {
    decisions,
    choices: (async function* () {
      yield* choices;
    })(),
    counts: () => ({ open: 12, withoutEvent: 0 }),
  };
}
