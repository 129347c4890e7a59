/** Not yet. */
export function EditPage() {
  return null;
}
