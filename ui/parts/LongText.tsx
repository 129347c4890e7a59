/** A text that may be of any length: a long one is cut, with a way to see all of it. */
import { useState } from 'react';
import { cut } from '../format/cut.ts';
import { messages } from '../words/shell.ts';

interface Props {
  text: string;
  /** Letters that are shown at once. */
  most?: number;
}

export function LongText({ text, most = 600 }: Props) {
  const [isWhole, setWhole] = useState(false);
  if (text.length <= most) return text;
  return (
    <>
      {isWhole ? text : cut(text, most)}{' '}
      <button
        type="button"
        className="text-button"
        aria-expanded={isWhole}
        onClick={() => setWhole(!isWhole)}
      >
        {isWhole ? messages.less : messages.all}
      </button>
    </>
  );
}
