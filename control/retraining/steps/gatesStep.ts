/** Asks of what was made what the plan wants of a version. */
import { latestOf } from '../exampleSet.ts';
import { counted, type Step } from './runStep.ts';
import { partsFor } from './trainStep.ts';

export const gatesStep: Step = async ({ parts, stored, signal, examples, patiently }) => {
  const { run, plan, made } = stored;
  const all = await examples();
  const holdout = latestOf(all, partsFor(stored, all.set, all.rows).learnt);
  const report = await patiently(() =>
    parts.judgeGates(
      {
        ...{ model: run.model, plan: plan.gates, artifact: made.file!, golden: made.golden },
        ...{ data: made.data!, holdout },
      },
      signal,
    ),
  );
  const failed = report.gates.filter(({ outcome }) => outcome === 'failed');
  if (!report.passed) {
    const sentence = failed.map((gate) => gate.sentence).join(' ');
    return { state: 'done', sentence, made: { gates: report }, refused: `Refused: ${sentence}` };
  }
  const passed = report.gates.filter(({ outcome }) => outcome === 'passed').length;
  const skipped = report.gates.length - passed;
  const rest = skipped === 0 ? '' : `, ${skipped} had nothing to ask`;
  return {
    state: 'done',
    sentence: `${counted(passed, 'gate')} passed${rest}.`,
    made: { gates: report },
  };
};
