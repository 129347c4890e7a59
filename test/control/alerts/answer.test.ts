/** What somebody does about an alert. */
import { expect, test } from 'vitest';
import { type Answered, acknowledge, close } from '../../../control/alerts/answer.ts';
import { alertOf, minute } from './samples.ts';

function answeredOf(answered: Answered) {
  if (answered.outcome !== 'answered') throw new TypeError(`expected an answer`);
  return answered;
}

test('who takes care is the owner from then on, and nobody is told', () => {
  const alert = alertOf({ note: 'Seen before.' });
  const { alert: taken, told } = answeredOf(acknowledge(alert, 'Ada', 'Looking.', 7_000));
  expect(taken).toEqual({
    ...alert,
    ...{ owner: 'Ada', acknowledgedAt: 7_000, note: 'Looking.', revision: 2, changedAt: 7_000 },
  });
  expect(told).toEqual([]);
  const again = answeredOf(acknowledge(taken, 'Grace', '', 8_000)).alert;
  expect(again).toMatchObject({ owner: 'Grace', note: 'Looking.', acknowledgedAt: 8_000 });
});

test('what is closed is over, and told to be when it was told', () => {
  const alert = alertOf();
  const answer = { note: 'A school trip.', isFalse: false };
  const { alert: closed, told } = answeredOf(close(alert, answer, 30 * minute, 9_000));
  expect(closed).toMatchObject({
    ...{ state: 'resolved', ending: 'closed', resolvedAt: 30 * minute, note: 'A school trip.' },
    ...{ revision: 2, changedAt: 9_000 },
  });
  expect(told).toEqual([{ what: 'resolved', alert: closed }]);
  const pending = alertOf({ state: 'pending', firedAt: null });
  expect(answeredOf(close(pending, answer, 30 * minute, 9_000)).told).toEqual([]);
});

test('a false alarm is one, and no alert ends before it fired', () => {
  const { alert } = answeredOf(close(alertOf(), { note: '', isFalse: true }, 0, 9_000));
  expect(alert).toMatchObject({ ending: 'false alarm', resolvedAt: 5 * minute });
});

test('what is over takes no answer', () => {
  const over = alertOf({ state: 'resolved', resolvedAt: 1, ending: 'recovered' });
  for (const refused of [
    acknowledge(over, 'Ada', '', 1),
    close(over, { note: '', isFalse: true }, 1, 1),
  ]) {
    expect(refused).toMatchObject({
      outcome: 'refused',
      problems: [{ severity: 'problem', field: 'state' }],
    });
  }
});
