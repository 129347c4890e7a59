import { expect, test } from 'vitest';
import { driftKind } from '../../../stats/drift/driftKind.ts';

// All combinations of quality, inputs, labels, residuals.
test.each([
  ['', undefined],
  ['i', 'data drift'],
  ['l', 'label shift'],
  ['r', 'concept drift'],
  ['il', 'data drift'],
  ['ir', 'concept drift'],
  ['lr', 'concept drift'],
  ['ilr', 'concept drift'],
  ['q', 'data-quality break'],
  ['qi', 'data-quality break'],
  ['ql', 'data-quality break'],
  ['qr', 'data-quality break'],
  ['qil', 'data-quality break'],
  ['qir', 'data-quality break'],
  ['qlr', 'data-quality break'],
  ['qilr', 'data-quality break'],
])('what moved: %j is %s', (moved, word) => {
  const flags = {
    isQualityBroken: moved.includes('q'),
    haveInputsMoved: moved.includes('i'),
    haveLabelsMoved: moved.includes('l'),
    haveResidualsMoved: moved.includes('r'),
  };
  expect(driftKind(flags)).toBe(word);
});
