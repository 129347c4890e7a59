import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { ModelsAnswer, Quality } from '../../contracts/api.ts';
import { ModelsTable } from '../../ui/overview/ModelsTable.tsx';

const quality: Quality = {
  count: 5_000,
  baseRate: 0.6,
  auc: 0.81,
  logLoss: 0.5,
  brier: 0.2,
  accuracy: 0.7,
  calibrationError: 0.07,
};
const model: ModelsAnswer['models'][number] = {
  name: 'answer',
  version: '1',
  pipeline: 'learning',
  firstAt: 0,
  lastAt: 1,
  overall: quality,
  recent: { ...quality, auc: 0.6 },
};

/** What a screen reader says of each cell: text without what is hidden from it. */
function spokenCells(): string[] {
  const table = createElement(ModelsTable, {
    models: [model],
    selected: model,
    onSelect: () => undefined,
  });
  const html = renderToStaticMarkup(createElement(MantineProvider, null, table));
  return [...html.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = '']) =>
    cell.replace(/<svg.*?<\/svg>|<[^>]*>/g, '').replaceAll('\u00a0', ' '),
  );
}

test('the judgement of a figure is a word as well as a shape', () => {
  const cells = spokenCells();
  expect(cells).toContain('0.600, Weak');
  expect(cells).toContain('7 %, Somewhat off');
});
