import { expect, test } from 'vitest';
import { countRefusals } from '../../cli/refusals.ts';

const answer = (accepted: number, refused: number) => ({
  accepted,
  refused,
  refusals:
    refused === 0 ? [] : [{ index: 0, code: 'EVENT_NOT_JSON', reason: 'the bytes are no JSON' }],
});
const message =
  'f.csv: read as ndjson, all of its first 1,000 events were refused, the first because of ' +
  'EVENT_NOT_JSON (the bytes are no JSON); --format names another format';

test('a beginning that is refused whole ends the replay and says why', () => {
  const refusals = countRefusals('f.csv', 'ndjson');
  refusals.take(answer(0, 999));
  expect(() => refusals.take(answer(0, 1))).toThrow(
    expect.objectContaining({ code: 'FILE_UNREADABLE', message }),
  );
});

test('one accepted event, also of an earlier start, is enough to go on', () => {
  const fresh = countRefusals('f.csv', 'ndjson');
  fresh.take(answer(1, 999));
  const resumed = countRefusals('f.csv', 'ndjson', { accepted: 1, refused: 999 });
  for (const refusals of [fresh, resumed]) {
    refusals.take(answer(0, 4_096));
    refusals.end();
    expect(refusals.count).toBe(5_095);
  }
});

test('a short file is judged at its end', () => {
  const refusals = countRefusals('f.csv', 'ndjson');
  refusals.end();
  refusals.take(answer(0, 3));
  expect(() => refusals.end()).toThrow(/read as ndjson, all of its 3 events were refused/);
});
