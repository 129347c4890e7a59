/** Keys under which the engine answers something else are no keys of policies. */
import { expect, test } from 'vitest';
import { checkPolicy } from '../../../control/policies/checkPolicy.ts';
import { policyDeskOf } from '../../api/fakes.ts';
import { banditPolicy } from '../../support/simulatedBandit.ts';

test.each(['check', 'algorithms'])(
  '%s is refused with a sentence, drafts included',
  async (key) => {
    const { state: _state, stages: _stages, ...policy } = banditPolicy({ key });
    const { registry } = policyDeskOf();
    const by = { actor: 'maria', reason: 'An idea' };
    const written = await registry.create(policy, by);
    expect(written).toMatchObject({
      outcome: 'refused',
      problems: [
        {
          severity: 'problem',
          field: 'key',
          sentence: expect.stringContaining(`The key ${key} is`),
        },
      ],
    });
    expect(registry.policies()).toEqual([]);
    expect((await registry.adopt(banditPolicy({ key }), by)).outcome).toBe('refused');
    expect(registry.check(policy)).toContainEqual(expect.objectContaining({ field: 'key' }));
    expect(
      checkPolicy(banditPolicy({ key: `${key}-list` })).map(({ field }) => field),
    ).not.toContain('key');
  },
);
