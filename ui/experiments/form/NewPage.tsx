/** Not yet. */
export function NewPage() {
  return null;
}
