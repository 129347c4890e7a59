/** What the page about models says of gates and of models from elsewhere is what the code does. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gateNames } from '../../contracts/gateReport.ts';
import { GatePlan } from '../../contracts/modelPlan.ts';
import { goldenTolerance } from '../../control/gates/goldenGate.ts';
import { groupGapMax } from '../../control/gates/groupGaps.ts';
import { ImportManifest } from '../../control/imports/importManifest.ts';

const page = readFileSync(new URL('../../docs/models.md', import.meta.url), 'utf8');
const sectionOf = (name: string) => page.split(`\n## ${name}\n`)[1]!.split('\n## ')[0]!;
const gates = sectionOf('Gates');

test('all gates are told, in their order, with their bounds', () => {
  const rows = [...gates.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(rows).toEqual([...gateNames]);
  expect(gates).toContain(`| ${goldenTolerance.toFixed(5)} |`);
  expect(gates).toContain(`\`sliceMargin\`, ${groupGapMax} for groups`);
  for (const [bound] of gates.matchAll(/(?<=`)\w+(?:Max|Ms|Margin|Min)(?=`)/g)) {
    expect(Object.keys(GatePlan.shape)).toContain(bound);
  }
});

test('the manifest is one', () => {
  const [, text] = /```json\n([\s\S]*?)```/.exec(sectionOf('Models from elsewhere'))!;
  expect(ImportManifest.parse(JSON.parse(text!)).trainer).toBe('LightGBM 4.7');
});
