/** The end of a receipt: a button that saves it, and the record in the log that it is of. */
import { fileName, saveText } from '../charts/downloads.ts';
import { formatInstant } from '../format/times.ts';
import { erasure as words } from '../words/person.ts';

interface Props {
  receipt: { readonly at: number };
  /** Of the file, without its ending. */
  name: string;
  /** Id in the log. */
  record: string;
}

export function ReceiptFoot({ receipt, name, record }: Props) {
  return (
    <div className="actions">
      <button
        type="button"
        className="button small"
        onClick={() => {
          const text = `${JSON.stringify(receipt, null, 2)}\n`;
          saveText(text, `${fileName(name)}.json`, 'application/json');
        }}
      >
        {words.save}
      </button>
      <span className="muted">
        {words.record(formatInstant(receipt.at))} <code>{record}</code>
      </span>
    </div>
  );
}
