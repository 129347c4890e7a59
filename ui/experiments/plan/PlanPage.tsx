/** Not yet. */
export function PlanPage() {
  return null;
}
