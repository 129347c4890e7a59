/** Mark and name. */
import { messages } from '../words/shell.ts';

export function Brand() {
  return (
    <p className="brand">
      <img src="/mark.svg" alt="" width="26" height="26" />
      <span>{messages.name}</span>
    </p>
  );
}
