/** A log in which people do all that the engine learns from, for tests: some of them object on the way. */
import { type ObjectionKind, objectionEvent, objectionKinds } from '../../contracts/objection.ts';
import { randomState, uniform } from '../../stats/random.ts';
import { definitionLine, hints } from './experimentLines.ts';
import { policyLine, start, tutor } from './policyLines.ts';

const halfMinute = 30_000;

/** @param at ms after the start */
export function objectionLine(
  user: string,
  at: number,
  to: readonly ObjectionKind[] = objectionKinds,
): string {
  return objectionEvent(user, `objection-${at}`, start + at, to);
}

/** An experiment and a policy, and then answers, ratings, exposures, decisions and outcomes of `u0`, `u1` …, half a minute apart. */
export function livelyLines(count: number, users: number, seed: number): string[] {
  const random = randomState(seed);
  const draw = <Thing>(things: readonly Thing[]) =>
    things[Math.floor(uniform(random) * things.length)]!;
  const decided: { user: string; id: string }[] = [];
  const lines = [definitionLine(hints()), policyLine(tutor())];
  for (let i = 0; i < count; i += 1) {
    const user = `u${Math.floor(uniform(random) * users)}`;
    const common = { id: `e${i}`, time: start + i * halfMinute, user };
    const context = { topic: draw(['art', 'food']), skill: draw(['a', 'b']), course: 'algebra' };
    const event = draw<() => object>([
      () => ({ type: 'answered', item: draw(['i1', 'i2']), value: draw([0, 1]), context }),
      () => ({ type: 'rated', item: 'i1', value: draw([1, 5]), context }),
      () => ({ type: 'viewed', item: 'i1', context }),
      () => ({ type: 'worked', context: { minutes: draw([1, 7]) } }),
      () => ({
        type: 'exposure',
        context: {
          ...{ experiment: 'hints', probability: 0.5, stage: 1 },
          // The same at each time, as an assignment is.
          variant: Number(user.slice(1)) % 2 === 0 ? 'with' : 'without',
        },
      }),
      () => {
        decided.push({ user, id: common.id });
        const action = draw(['video', 'text', 'exercise']);
        const fields = { policy: 'tutor', revision: 1, stage: 1, action, probability: 0.5 };
        const attributes = { grade: draw([5, 9]), programme: 'law' };
        return {
          type: 'decision',
          item: action,
          context: { ...fields, way: 'policy', attributes },
        };
      },
      () => {
        const last = decided.findLast((each) => each.user === user);
        return { type: 'outcome', value: draw([0, 1]), ...(last && { decision: last.id }) };
      },
    ])();
    lines.push(JSON.stringify({ ...common, ...event }));
  }
  return lines;
}
