/** Server-sent events out of the text of a stream, whatever pieces it comes in (WHATWG HTML § 9.2.6). */

export interface SseMessage {
  readonly event: string;
  readonly data: string;
  /** Of the newest message that had one. */
  readonly id: string;
}

/** @returns takes the next piece and gives the messages that it completes */
export function sseParser(): (piece: string) => SseMessage[] {
  let begun = '';
  let id = '';
  return (piece) => {
    const parts = (begun + piece).split('\n\n');
    begun = parts.pop() ?? '';
    return parts.flatMap((part) => {
      let event = 'message';
      const data: string[] = [];
      for (const line of part.split('\n')) {
        const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
        if (name === 'event') event = value;
        else if (name === 'data') data.push(value);
        else if (name === 'id') id = value;
      }
      return data.length === 0 ? [] : [{ event, data: data.join('\n'), id }];
    });
  };
}
