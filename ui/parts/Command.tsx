/** A command to copy: what to do next where there is nothing to see yet. */
import { useClipboard } from '@mantine/hooks';
import { messages } from '../words/shell.ts';

interface Props {
  text: string;
  /** What it does, where there are several. */
  label?: string;
}

export function Command({ text, label = messages.empty.command }: Props) {
  const clipboard = useClipboard({ timeout: 2_000 });
  return (
    <div className="command">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="scroll" tabIndex={0} aria-label={label}>
        <pre>{text}</pre>
      </section>
      <button type="button" className="command-copy" onClick={() => clipboard.copy(text)}>
        {clipboard.copied ? messages.empty.copied : messages.empty.copy}
      </button>
    </div>
  );
}
