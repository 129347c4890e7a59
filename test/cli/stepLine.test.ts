import { expect, test } from 'vitest';
import { stepLine } from '../../cli/stepLine.ts';

function on(isTTY: boolean, columns = 0) {
  const out = { isTTY, columns, text: '', write };
  function write(text: string) {
    out.text += text;
  }
  let now = 0;
  const line = stepLine(out, () => now);
  const at = (ms: number) => {
    now = ms;
  };
  return { out, line, at };
}

test('on a terminal a line is written over, and never wraps', () => {
  const { out, line } = on(true, 11);
  line.show('one');
  line.show('one');
  line.show('a longer line than there is room for');
  line.clear();
  line.clear();
  expect(out.text).toBe('\r\u001b[Kone\r\u001b[Ka longer l\r\u001b[K');
  const unknown = on(true);
  unknown.line.show('x'.repeat(100));
  expect(unknown.out.text).toBe(`\r\u001b[K${'x'.repeat(79)}`);
});

test('where there is none it is told anew every five seconds, when it has changed', () => {
  const { out, line, at } = on(false, 11);
  line.show('one');
  at(4_999);
  line.show('two');
  at(5_000);
  line.show('one');
  line.show('three is longer than a line');
  line.clear();
  at(10_000);
  line.show('three is longer than a line');
  expect(out.text).toBe('one\nthree is longer than a line\n');
});
