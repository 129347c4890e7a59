/**
 * How the record of an experiment tells of an annotation. Charts show the annotation itself, at its own time, and leave such a
 * sentence out.
 */

/** Longest part of an annotation that is quoted, in characters. */
const quotedMax = 80;
const added = 'Noted';
const removed = 'Note removed';
const ofOne = new RegExp(`^(${added}|${removed}): “[^”]*”$`);
const ofSeveral = /^Notes: \d+ added, \d+ removed$/;

export function noteAdded(text: string): string {
  return `${added}: “${clipped(text)}”`;
}

export function noteRemoved(text: string): string {
  return `${removed}: “${clipped(text)}”`;
}

export function notesChanged(more: number, fewer: number): string {
  return `Notes: ${more} added, ${fewer} removed`;
}

/** Whether a change was of annotations and nothing else. */
export function isOfNotes(change: string): boolean {
  return ofOne.test(change) || ofSeveral.test(change);
}

/** On one line, without the marks in which it is quoted. */
function clipped(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll(/[“”]/g, '"');
  const letters = [...line];
  return letters.length <= quotedMax ? line : `${letters.slice(0, quotedMax - 1).join('')}…`;
}
