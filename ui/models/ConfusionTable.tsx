/** What a threshold does, in counts of cases: those at or above and below it, by what came true. */
import { formatWhole } from '../format/numbers.ts';
import { TableExport } from '../parts/TableExport.tsx';
import { threshold as words } from '../words/models.ts';
import { messages } from '../words/shell.ts';
import { type Decided, flaggedOf } from './decided.ts';

export function ConfusionTable({ decided }: { decided: Decided }) {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = decided;
  const most = Math.max(truePositives, falsePositives, trueNegatives, falseNegatives);
  const cell = (count: number, text: string, isRight: boolean) => (
    <td className={isRight ? 'right' : 'wrong'}>
      <b>{formatWhole(count)}</b>
      <span className="cell-detail">{text}</span>
      <span
        className="confusion-bar"
        style={{ width: `${most === 0 ? 0 : (100 * count) / most}%` }}
      />
    </td>
  );
  return (
    <TableExport label={words.matrix}>
      <table className="confusion" aria-label={messages.tableOf(words.matrix)}>
        <thead>
          <tr>
            <td />
            <th scope="col">{words.cameTrue}</th>
            <th scope="col">{words.didNot}</th>
            <th scope="col" className="number">
              {words.all}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{words.flagged}</th>
            {cell(truePositives, words.right.hit, true)}
            {cell(falsePositives, words.wrong.alarm, false)}
            <td className="number">{formatWhole(flaggedOf(decided))}</td>
          </tr>
          <tr>
            <th scope="row">{words.passed}</th>
            {cell(falseNegatives, words.wrong.miss, false)}
            {cell(trueNegatives, words.right.rest, true)}
            <td className="number">{formatWhole(trueNegatives + falseNegatives)}</td>
          </tr>
        </tbody>
      </table>
    </TableExport>
  );
}
