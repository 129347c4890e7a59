/** Pipelines that pages of `docs/` show: their text as it stands in `pipelines/`, and what they write. */
import { readFileSync } from 'node:fs';
import type { Pipeline } from '../../contracts/pipeline.ts';
import { Instance } from '../../pipelines/instance.ts';
import { receivedAt } from './answers.ts';
import { linesLog } from './linesLog.ts';

/** @param name of the file in `test/docs/` */
export function shownSource(name: string): string {
  return readFileSync(new URL(`../docs/${name}.ts`, import.meta.url), 'utf8')
    .replaceAll("'../../pipelines/", "'./")
    .replaceAll("'../../", "'../");
}

/** The page with this pipeline in its place, and another reference at its end. */
export function pageWith(page: string, source: string, reference: string): string {
  const heading = '\n## Reference\n\n';
  const prose = page.slice(0, page.indexOf(heading));
  const told = prose.replace(
    /(```ts pipeline\n)[\s\S]*?(```)/,
    (_, begin, end) => begin + source + end,
  );
  return `${told}${heading}${reference}`;
}

/**
 * Rows by table that the pipeline writes of these events, all in one epoch.
 *
 * @param later events that are received an hour later: of what is written by the period, they show what was before
 */
export function rowsOf(
  pipeline: Pipeline,
  log: readonly string[],
  later: readonly string[] = [],
): [table: string, rows: number][] {
  const reader = linesLog([...log, ...later], {
    chunk: log.length,
    receivedAt: (offset) => receivedAt + (offset < log.length ? 0 : 3_600_000),
  });
  const instance = new Instance(pipeline, 0, 1);
  instance.push(reader.read(0, 0)!);
  if (later.length > 0) instance.push(reader.read(0, log.length)!);
  const written = instance.cut(true).outputs;
  instance.close();
  return written.map(({ table, length }) => [table, length]);
}
