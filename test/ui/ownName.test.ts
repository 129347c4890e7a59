/** The name under which a browser acts: what it keeps, and what it sends of it. */
import { afterEach, expect, test, vi } from 'vitest';
import { isName, ownNameHeaders, ownNameKey } from '../../ui/data/ownName.ts';

afterEach(() => vi.unstubAllGlobals());

function keep(value: string | null): void {
  vi.stubGlobal('localStorage', { getItem: (key: string) => (key === ownNameKey ? value : null) });
}

test('is sent as it was written, and not at all when it is none', () => {
  keep('" María Klein "');
  expect(ownNameHeaders()).toEqual({ 'millrace-actor': 'Mar%C3%ADa%20Klein' });
  for (const none of [null, '""', '"engine"', '7', 'María', '"\\ud800"']) {
    keep(none);
    expect(ownNameHeaders()).toEqual({});
  }
  vi.stubGlobal('localStorage', undefined);
  expect(ownNameHeaders()).toEqual({});
});

test('may be anything but what the engine calls itself', () => {
  expect(['Ada', '李 明', 'engine', ' ', 'x'.repeat(101)].map(isName)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
