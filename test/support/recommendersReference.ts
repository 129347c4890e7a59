/** The reference of recommenders, as docs/recommenders.md has it: from the registry alone. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Recommender } from '../../models/recommenders/recommender.ts';
import type { Parameter } from '../../models/spec.ts';

const folder = new URL('../../models/recommenders/', import.meta.url);

/** Export by the name in the registry, of every file that defines a recommender. */
export function definedRecommenders(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(folder)) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const [, exported] = /export const (\w+) = defineRecommender\(/.exec(text) ?? [];
    const [, name] = /^ {2}name: '([^']+)',$/m.exec(text) ?? [];
    if (exported !== undefined) found.set(name!, exported);
  }
  return found;
}

export function recommendersReference(recommenders: Iterable<Recommender>): string {
  const exports = definedRecommenders();
  return [...recommenders].map((each) => section(each, exports.get(each.name)!)).join('\n');
}

function section(recommender: Recommender, exported: string): string {
  const { name, summary, source, roles, parameters } = recommender;
  const lines = [
    `### ${name}`,
    '',
    `${summary} (${source}; \`models/recommenders/${exported}.ts\`)`,
    '',
    ...table(
      ['role', 'column', ''],
      Object.entries(roles).map(([role, { column, summary: told }]) => [
        `\`${role}\``,
        column === undefined ? 'none' : `\`${column}\``,
        told,
      ]),
    ),
    ...table(['parameter', 'default', ''], Object.entries(parameters).map(parameterRow)),
  ];
  return lines.join('\n');
}

function parameterRow([name, { default: value, range, unit, summary }]: [string, Parameter]) {
  const measured = unit === '' ? `\`${value}\`` : `\`${value}\` ${unit}`;
  return [`\`${name}\``, measured, `${summary}; from ${range[0]} to ${range[1]}`];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}
