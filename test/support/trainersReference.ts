/** The reference of trainers and calibrations, as docs/models.md has it: from the registries alone. */
import type { Calibrator } from '../../models/calibration/registry.ts';
import type { Parameter } from '../../models/spec.ts';
import type { Trainer } from '../../models/training/trainer.ts';

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  line(head),
  line(head.map(() => '---')),
  ...rows.map(line),
  '',
];

function parameterRow(name: string, { default: value, range, unit, summary }: Parameter): string[] {
  const measured = unit === '' ? `\`${value}\`` : `\`${value}\` ${unit}`;
  return [`\`${name}\``, measured, `${summary}; from ${range[0]} to ${range[1]}`];
}

function trainerSection({ name, summary, source, parameters, searched }: Trainer): string {
  const places = Object.entries(searched).map(
    ([each, { range }]) => `\`${each}\` from ${range[0]} to ${range[1]}`,
  );
  return [
    `### ${name}`,
    '',
    `${summary} (${source})`,
    '',
    ...table(
      ['parameter', 'default', ''],
      Object.entries(parameters).map(([each, parameter]) => parameterRow(each, parameter)),
    ),
    `A search looks at ${places.join(', ')}.`,
    '',
  ].join('\n');
}

export function trainersReference(
  trainers: Iterable<Trainer>,
  calibrators: Readonly<Record<string, Calibrator>>,
): string {
  const rows = Object.entries(calibrators).map(([name, { summary, source }]) => [
    `\`${name}\``,
    `${summary} (${source})`,
  ]);
  return [
    ...[...trainers].map(trainerSection),
    '### Calibrations',
    '',
    ...table(['name', ''], rows),
  ].join('\n');
}
