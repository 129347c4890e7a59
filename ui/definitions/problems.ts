/** What the engine says of a definition, sentence by sentence. */
import type { z } from 'zod';
import type { ProblemSentence } from '../../contracts/experimentApi.ts';
import { ApiProblem } from '../data/client.ts';

export type ProblemSaid = z.infer<typeof ProblemSentence>;

/** The sentences of a refusal: what the check of a definition says, or where a body is not as the route describes it. */
export function problemsOf(error: unknown): readonly ProblemSaid[] {
  if (!(error instanceof ApiProblem)) return [];
  const { problems, issues } = error.details;
  return [...listOf(problems), ...listOf(issues)].flatMap((each) => {
    const { severity, field, at, sentence, message } = each;
    const said = sentence ?? message;
    if (typeof said !== 'string') return [];
    const where = field ?? at;
    return [
      {
        severity: severity === 'remark' ? ('remark' as const) : ('problem' as const),
        field: typeof where === 'string' ? where.replace(/^(experiment|metric|policy)\./, '') : '',
        sentence: said,
      },
    ];
  });
}

function listOf(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) return [];
  return value.filter((each: unknown) => typeof each === 'object' && each !== null) as Record<
    string,
    unknown
  >[];
}
