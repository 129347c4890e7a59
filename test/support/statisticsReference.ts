/** The reference of statistics, as docs/statistics.md has it: from the registry alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { figureMax } from '../../contracts/event.ts';
import type { Merges, Statistic } from '../../contracts/statistic.ts';

const root = new URL('../../', import.meta.url);
const folders = ['stats/streaming', 'models/anomaly/streaming'];

/** File by the name in the registry, of every file that defines a statistic and is named after its export. */
export function definedStatistics(): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    for (const file of readdirSync(new URL(folder, root))) {
      const text = readFileSync(new URL(`${folder}/${file}`, root), 'utf8');
      const [, exported] = /export const (\w+) = defineStatistic</.exec(text) ?? [];
      const [, name] = /^ {2}name: '([^']+)',$/m.exec(text) ?? [];
      if (exported !== undefined) found.set(name!, `${folder}/${exported}.ts`);
    }
  }
  return found;
}

const merging: Record<Merges, string> = {
  exactly: 'merges exactly',
  rounding: 'merges up to rounding',
  never: 'never merges',
};

export function statisticsReference(statistics: Iterable<Statistic>): string {
  const files = definedStatistics();
  return [...statistics].map((each) => section(each, files.get(each.name)!)).join('\n');
}

function section(statistic: Statistic, file: string): string {
  const { name, summary, source, merges, costly, roles, parameters, figures } = statistic;
  const properties = [source, merging[merges], ...(costly ? ['costly to read'] : [])];
  const lines = [
    `### ${name}`,
    '',
    `${summary} (${properties.join('; ')}; \`${file}\`)`,
    '',
    ...table(
      ['role', 'column', ''],
      Object.entries(roles).map(([role, { kind, column, fallback, summary: told }]) => [
        `\`${role}\`, ${kind}`,
        column === undefined
          ? fallback === undefined
            ? 'named'
            : `else ${fallback}`
          : `\`${column}\``,
        told,
      ]),
    ),
    ...table(['parameter', 'default', ''], parameterRows(parameters)),
    ...table(
      ['figure', 'unit', ''],
      Object.entries(figures).map(([figure, { unit, summary: told }]) => [
        `\`${figure}\``,
        unit,
        told,
      ]),
    ),
  ];
  return `${lines.join('\n')}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

interface JsonSchema {
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

function parameterRows(parameters: z.ZodObject): string[][] {
  const { properties = {}, required = [] } = z.toJSONSchema(parameters, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const schema = property as JsonSchema;
    const given = schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``;
    const range = rangeOf(schema);
    return [
      `\`${name}\``,
      required.includes(name) ? 'must be given' : given,
      `${schema.description}${range === '' ? '' : `; ${range}`}`,
    ];
  });
}

function rangeOf(schema: JsonSchema): string {
  const { minimum, exclusiveMinimum, exclusiveMaximum } = schema;
  // Any number that an event may have, or its square, is no range worth telling.
  const maximum = (schema.maximum ?? Infinity) < figureMax ? schema.maximum : undefined;
  if (exclusiveMinimum !== undefined) {
    if (exclusiveMaximum !== undefined) return `in (${exclusiveMinimum}, ${exclusiveMaximum})`;
    return `above ${exclusiveMinimum}`;
  }
  return maximum === undefined ? '' : `from ${minimum} to ${maximum}`;
}
