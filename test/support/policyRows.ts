/** Decisions as the data plane leaves them, for tests of what reads them: rows of `policy_decisions` and their events. */
import type { DecisionWay, Offered } from '../../contracts/decisionFields.ts';
import type { Store } from '../../contracts/store.ts';

export interface DecisionRow {
  readonly partition: number;
  readonly offset: number;
  /** ms since 1970. */
  readonly time: number;
  readonly user: string;
  readonly decision: string;
  readonly action: string;
  readonly way: DecisionWay;
  readonly probability: number;
  readonly segments: readonly string[];
  readonly reward: number | null;
  readonly rewardedAt: number | null;
  readonly closed: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly offered: readonly Offered[];
}

const text = (value: string) => `'${value.replaceAll(/[\\']/g, '\\$&')}'`;
const instant = (ms: number | null) =>
  ms === null ? 'NULL' : `fromUnixTimestamp64Milli(${ms}, 'UTC')`;

/** Every third row is there in an older version too, without its reward. */
export async function insertDecisions(
  store: Pick<Store, 'command'>,
  policy: string,
  rows: readonly DecisionRow[],
): Promise<void> {
  const versions = rows.map((row) => {
    const { partition, offset, time, user, decision, action, way, probability } = row;
    const before = [`'learn'`, text(policy), partition, offset];
    const middle = [
      ...[instant(time), text(user), text(decision), 1, 1, text(action), 1, text(way)],
      ...[probability, `[${row.segments.map(text).join(',')}]`],
    ];
    const most = Math.max(...row.offered.map((each) => each.probability));
    const ties = row.offered.filter((each) => each.probability === most).length;
    const offered = [row.offered.length, row.offered.length > 0 && probability >= most ? ties : 0];
    const last = [row.reward ?? 'NULL', instant(row.rewardedAt), row.closed ? 1 : 0, ...offered];
    return {
      older: `(${[...before, offset, ...middle, 'NULL', 'NULL', 0, ...offered].join(',')})`,
      newest: `(${[...before, offset + 1, ...middle, ...last].join(',')})`,
    };
  });
  const events = rows.map((row) => {
    const { partition, offset, time, user, action, decision, way, probability } = row;
    const { attributes, offered } = row;
    const context = {
      policy,
      revision: 1,
      stage: 1,
      action,
      probability,
      way,
      attributes,
      offered,
    };
    const event = { id: decision, type: 'decision', time, user, item: action, context };
    const cells = [
      ...[`'learn'`, partition, offset, instant(time), instant(time), `'decision'`, text(user)],
      ...[text(action), 'NULL', text(decision), text(JSON.stringify(event))],
    ];
    return `(${cells.join(',')})`;
  });
  // In inserts of their own: one insert keeps the newest of its rows alone.
  const olders = versions.filter((_, i) => i % 3 === 0).map(({ older }) => older);
  await insertInto(store, 'policy_decisions', olders);
  await insertInto(
    store,
    'policy_decisions',
    versions.map(({ newest }) => newest),
  );
  await insertInto(store, 'events', events);
}

async function insertInto(store: Pick<Store, 'command'>, table: string, rows: readonly string[]) {
  for (let from = 0; from < rows.length; from += 500) {
    await store.command(`INSERT INTO ${table} VALUES ${rows.slice(from, from + 500).join(',')}`);
  }
}
