/** All words of the dashboard stand in `ui/words`: what is drawn has none of its own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ESTree, parseSync } from 'vite';
import { expect, test } from 'vitest';

type Node = ESTree.Node;

/** Attributes that are read, by eye or by ear. */
const read = new Set(['label', 'title', 'aria-label', 'description', 'alt', 'legend', 'caption']);
/** A first definition to be typed into a terminal, and what a new form begins with: to be replaced by the reader's own. */
const examples = /(exampleCommand|form\/draft|retraining\/ListPage)\.tsx?$/;
const letters = /\p{L}{2}/u;
/** More than a name: a sentence, or a phrase that begins as one. */
const phrase = /\p{Lu}\p{Ll}+(\s+\p{Ll}+){2,}/u;

function textsOf(path: string): string[] {
  const { program, errors } = parseSync(path, readFileSync(path, 'utf8'));
  expect(errors).toEqual([]);
  const found: string[] = [];
  const look = (value: unknown, isForProgrammers: boolean): void => {
    if (Array.isArray(value)) {
      for (const each of value) look(each, isForProgrammers);
      return;
    }
    if (typeof value !== 'object' || value === null || !('type' in value)) return;
    const node = value as Node;
    if (node.type === 'JSXText' && letters.test(node.value)) found.push(node.value.trim());
    if (node.type === 'JSXAttribute') {
      const { name, value: given } = node;
      const isRead = name.type === 'JSXIdentifier' && read.has(name.name);
      if (isRead && given?.type === 'Literal' && letters.test(String(given.value))) {
        found.push(String(given.value));
      }
    }
    if (!isForProgrammers) {
      const text =
        node.type === 'Literal'
          ? node.value
          : node.type === 'TemplateElement'
            ? node.value.cooked
            : undefined;
      if (typeof text === 'string' && phrase.test(text)) found.push(text);
    }
    const isThrown = isForProgrammers || node.type === 'ThrowStatement';
    for (const each of Object.values(node)) look(each, isThrown);
  };
  look(program, false);
  return found;
}

test('what is drawn has no words of its own', () => {
  const found = readdirSync('ui', { recursive: true, encoding: 'utf8' })
    .map((path) => join('ui', path))
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith(join('ui', 'words')))
    .filter((path) => !examples.test(path))
    .flatMap((path) => textsOf(path).map((text) => `${path}: ${text}`));
  expect(found).toEqual([]);
});
