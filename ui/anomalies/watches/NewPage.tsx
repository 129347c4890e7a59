/** Placeholder. */
export function NewPage() {
  return null;
}
