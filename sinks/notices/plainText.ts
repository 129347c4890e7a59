/** Texts that come from elsewhere, such as the names of segments, made fit for where they are shown. */

/** Of direction: what follows them would be read in another order than it is written. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Line ends among them: a header ends at one. */
const control = /[\p{Cc}\u2028\u2029]+/gu;

/** One line without what cannot be seen, of at most `most` characters. */
export function oneLine(text: string, most = 1_000): string {
  const line = text.replace(control, ' ').replace(turning, '').trim();
  const letters = [...line];
  return letters.length <= most ? line : `${letters.slice(0, most - 1).join('')}…`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For element content and quoted attributes of HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}
