/** The beginning of a long hash, with a way to copy all of it. */
import { useClipboard } from '@mantine/hooks';
import { messages } from '../words/shell.ts';

interface Props {
  value: string;
  /** "Copy the whole snapshot" */
  label: string;
}

/** Enough to tell two apart. */
const shownLength = 10;

export function Hash({ value, label }: Props) {
  const clipboard = useClipboard({ timeout: 2_000 });
  return (
    <span className="hash">
      <code title={value}>{value.slice(0, shownLength)}</code>
      <button
        type="button"
        className="command-copy"
        aria-label={label}
        title={label}
        onClick={() => clipboard.copy(value)}
      >
        {clipboard.copied ? messages.empty.copied : messages.empty.copy}
      </button>
    </span>
  );
}
