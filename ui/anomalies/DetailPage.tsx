/** One alert. */
export function DetailPage() {
  return null;
}
