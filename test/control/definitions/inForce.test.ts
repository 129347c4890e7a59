/** What is in force, and when: never before the log has it, except what does less than before. */
import { expect, test } from 'vitest';
import type { DefinitionState } from '../../../contracts/definitionState.ts';
import { EngineError } from '../../../contracts/errors.ts';
import { InForce } from '../../../control/definitions/inForce.ts';
import type { Known } from '../../../control/definitions/knownDefinition.ts';
import { createTellOnce } from '../../../control/definitions/tellOnce.ts';
import { makeRule, type Rule, ruleKind } from '../../support/rules.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 0, 15, 10);

function open() {
  const at = { clock: now, isAway: false };
  const log: string[] = [];
  const said: string[] = [];
  const inForce = new InForce<Rule>({
    async announce(known) {
      if (at.isAway) throw new EngineError('LOG_UNAVAILABLE', 'no broker');
      log.push(...known.map(({ record }) => `${record.text}@${record.revision}`));
    },
    kind: ruleKind,
    told: createTellOnce((sentence) => said.push(sentence)),
    clock: () => at.clock,
  });
  return { inForce, at, log, said };
}

function known(
  revision: number,
  key: string,
  state: DefinitionState = 'running',
  at = now,
): Known<Rule> {
  const head = { kind: 'rule', key, revision, writeId: '' };
  return { record: makeRule(revision, key, state), at, endedAt: null, head, changes: [] };
}

test('what was there at the start is in the log, unless it is so young that its maker may have died', async () => {
  const { inForce, log } = open();
  inForce.take(known(1, 'old', 'running', now - 2 * hour));
  inForce.take(known(1, 'young'));
  inForce.take(known(1, 'drafted', 'draft'));
  expect(inForce.all().map(({ text }) => text)).toEqual(['old', 'drafted']);
  await inForce.announceNew();
  expect(log).toEqual(['young@1']);
  expect(inForce.get('young')).toEqual(makeRule(1, 'young'));
  // Afterwards an old one is one that this process has just learnt of.
  inForce.take(known(2, 'old', 'running', now - 2 * hour));
  expect(inForce.get('old')!.revision).toBe(1);
  await inForce.announceNew();
  await inForce.announceNew();
  expect(log).toEqual(['young@1', 'old@2']);
  expect(inForce.get('old')!.revision).toBe(2);
});

test('a newer revision waits until the log has it, and one that does less holds at once', async () => {
  const { inForce, at, log, said } = open();
  await inForce.announceNew();
  inForce.take(known(1, 'rule'));
  await inForce.announceMade('rule');
  at.isAway = true;
  inForce.take(known(2, 'rule'));
  await expect(inForce.announceMade('rule')).rejects.toMatchObject({
    code: 'LOG_UNAVAILABLE',
    message: expect.stringContaining('Revision 2 is recorded'),
  });
  await inForce.announceNew();
  expect(inForce.get('rule')!.revision).toBe(1);
  expect(said).toEqual(['A definition is not in the event log yet: no broker']);
  inForce.take(known(3, 'rule', 'paused'));
  expect(inForce.get('rule')).toMatchObject({ revision: 3, state: 'paused' });
  at.isAway = false;
  await inForce.announceNew();
  // Of those that waited only the newest: it says all.
  expect(log).toEqual(['rule@1', 'rule@3']);
  at.isAway = true;
  inForce.take(known(4, 'rule'));
  await inForce.announceNew();
  expect(said.length).toBe(2);
});

test('again is written what lives, and for a week what is over', async () => {
  const { inForce, at, log } = open();
  const all = (['draft', 'running', 'paused', 'stopped', 'archived'] as const).map((state) =>
    known(1, state, state),
  );
  await inForce.announceAgain(all);
  at.clock += 8 * 24 * hour;
  await inForce.announceAgain(all);
  expect(log).toEqual([
    'running@1',
    'paused@1',
    'stopped@1',
    'archived@1',
    'running@1',
    'paused@1',
  ]);
});
