/** What was decided for one user lately, in words. */
import type { Store } from '../../contracts/store.ts';
import type { UserDecision } from '../../contracts/userApi.ts';

const decisionsMax = 50;

type Row = Omit<UserDecision, 'words'>;

/** The newest first. @throws EngineError SINK_UNAVAILABLE */
export async function readUserDecisions(store: Store, user: string): Promise<UserDecision[]> {
  const rows = await store.query<Row>(
    `SELECT decision, policy, toUnixTimestamp64Milli(time) AS at, action, position, way, probability, reward
     FROM policy_decisions FINAL WHERE user = {user:String}
     ORDER BY time DESC, position LIMIT ${decisionsMax}`,
    { user },
  );
  return rows.map((row) => ({ ...row, words: wordsOf(row) }));
}

function wordsOf({ way, action, policy, probability }: Row): string {
  const percent = `${Number((100 * probability).toPrecision(2))} %`;
  switch (way) {
    case 'policy':
      return `${policy} chose ${action} with a probability of ${percent}, by what it had learnt.`;
    case 'holdout':
      return `Held out of ${policy}: ${action} is what its control gives.`;
    case 'pin':
      return `Somebody has pinned ${action} in ${policy} for such users.`;
    case 'fallback':
      return `${policy} did not decide in time, and the application took ${action}.`;
    case 'objection':
      return `They object to personalization: ${action} is what ${policy} gives by nothing that is known of them.`;
  }
}
