/** Placeholder. */
export function EditPage() {
  return null;
}
