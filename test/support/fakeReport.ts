/** What a policy does and earns, made up with a known course: no chance, no engine. Shares begin equal and become what they are. */
import type { Policy } from '../../contracts/policy.ts';
import type { PolicyReport, Worth } from '../../contracts/policyApi.ts';
import { wobble } from './fakeEvidence.ts';

export interface ReportSketch {
  /** Decisions a day. */
  readonly perDay: number;
  /** What each action has come to. */
  readonly actions: Readonly<Record<string, { readonly share: number; readonly mean: number }>>;
  /** Mean rewards of the policy, its control, and of chance. */
  readonly policy: number;
  readonly control: number;
  readonly uniform: number;
  /** Share of the held-out. */
  readonly held: number;
  readonly open: number;
  readonly exploration: PolicyReport['exploration'];
  /** By segment and action: mean reward, and users. */
  readonly segments: Readonly<
    Record<string, Readonly<Record<string, readonly [mean: number, users: number]>>>
  >;
  readonly suppressed: number;
  /** What no figure counts; absent: nothing. */
  readonly leftOut?: Pick<PolicyReport, 'unrewarded' | 'sampled' | 'strays'>;
}

/** Standard deviation of one reward. */
const deviation = 0.49;
const points = 48;

function worth(mean: number, decisions: number, inflation = 1): Worth {
  const whole = Math.round(decisions);
  if (whole < 2) return { decisions: whole, mean: null, low: null, high: null };
  const half = (2.6 * deviation * inflation) / Math.sqrt(whole);
  return { decisions: whole, mean, low: mean - half, high: mean + half };
}

export function fakeReport(
  { key, actions, stages }: Policy,
  sketch: ReportSketch,
  from: number,
  to: number,
): PolicyReport {
  const start = stages[0]?.startAt ?? to;
  const begin = Math.max(from, start);
  const days = Math.max(0, to - begin) / 86_400_000;
  const all = sketch.perDay * days;
  const [chosen, held] = [all * (1 - sketch.held), all * sketch.held];
  const difference = worth(
    sketch.policy - sketch.control,
    chosen === 0 || held === 0 ? 0 : 1 / (1 / chosen + 1 / held),
  );
  const length = Math.max(1, to - start);
  /** 0 at the start of the policy, 1 now. */
  const progress = (at: number) => Math.min(1, ((at - start) / length) * 2.2);
  const count = actions.length;
  return {
    ...{ policy: key, from, to },
    stepMs: Math.max(1, Math.round((to - begin) / points)),
    users: { policy: Math.round(chosen / 3), control: Math.round(held / 3) },
    ...(sketch.leftOut ?? { unrewarded: 0, sampled: 1, strays: [] }),
    course: Array.from({ length: days === 0 ? 0 : points }, (_, n) => ({
      at: Math.round(begin + ((n + 0.5) / points) * (to - begin)),
      policy: worth(sketch.policy + 0.01 * wobble(n), chosen / points),
      control: worth(sketch.control + 0.01 * wobble(n + 3), held / points),
    })),
    worth: {
      policy: worth(sketch.policy, chosen),
      control: worth(sketch.control, held),
      difference: { ...difference, decisions: Math.round(all) },
    },
    uniform: worth(sketch.uniform, chosen, 1.7),
    open: sketch.open,
    exploration: days === 0 ? { share: null, cost: null } : sketch.exploration,
    actions: actions.map(({ key: action, name, offered }, i) => {
      const { share, mean } = sketch.actions[action] ?? { share: 0, mean: 0 };
      return {
        ...{ action, name, offered },
        share: days === 0 ? null : share,
        worth: worth(mean, chosen * share, 1.3),
        course: Array.from({ length: days === 0 ? 0 : points }, (_, n) => {
          const at = Math.round(begin + ((n + 0.5) / points) * (to - begin));
          const grown = share === 0 ? 0 : 1 / count + (share - 1 / count) * progress(at);
          const own = Math.max(0, grown * (1 + 0.08 * wobble(n * 3 + i * 5)));
          const decisions = (own * all) / points;
          const half = (2 * deviation * 1.3) / Math.sqrt(Math.max(1, decisions));
          const value = mean + wobble(n * 2 + i * 7) * half * 0.45;
          return decisions < 4
            ? {
                at,
                decisions: Math.round(decisions),
                share: own,
                mean: null,
                low: null,
                high: null,
              }
            : {
                ...{ at, decisions: Math.round(decisions), share: own, mean: value },
                ...{ low: value - half, high: value + half },
              };
        }),
      };
    }),
    segments: Object.entries(sketch.segments).flatMap(([segment, cells]) =>
      Object.entries(cells).map(([action, [mean, users]]) => ({
        ...{ segment, action, users, worth: worth(mean, users * 3) },
      })),
    ),
    suppressed: sketch.suppressed,
  };
}
