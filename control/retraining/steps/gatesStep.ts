/** Asks of what was made what the plan wants of a version. */
import { latestOf } from '../exampleSet.ts';
import { counted, type Step } from './runStep.ts';
import { partsFor } from './trainStep.ts';

export const gatesStep: Step = async ({ parts, stored, signal, examples, patiently }) => {
  const { run, plan, made, imported } = stored;
  const all = await examples();
  const holdout = latestOf(all, partsFor(stored, all.set, all.rows).learnt);
  const report = await patiently(() =>
    parts.judgeGates(
      {
        ...{ model: run.model, plan: plan.gates, artifact: made.file!, golden: made.golden },
        ...{ data: imported === null ? made.data : imported.data, holdout },
      },
      signal,
    ),
  );
  const results = {
    made: { gates: report, metrics: { ...made.metrics, ...parts.metricsOf?.(report) } },
    run: { gates: report },
  };
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { outcome } of report.gates) counts[outcome] += 1;
  if (!report.passed) {
    const failed = report.gates.filter(({ outcome }) => outcome === 'failed');
    const sentence = failed.map((gate) => gate.sentence).join(' ');
    return { state: 'done', sentence, ...results, refused: `Refused: ${sentence}` };
  }
  const rest = counts.skipped === 0 ? '' : `, ${counts.skipped} had nothing to ask`;
  const sentence = `${counted(counts.passed, 'gate')} passed${rest}.`;
  return { state: 'done', sentence, ...results };
};
