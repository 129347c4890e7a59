/** Which columns of a batch stand in the roles of whatever reads rows. */

interface Role {
  /** Column that is taken unless another is named. */
  readonly column?: string;
}

/**
 * The column of each role that has one: the given one, else the role's own.
 *
 * @throws RangeError when there is no such role
 */
export function roleColumns(
  { name, roles }: { readonly name: string; readonly roles: Readonly<Record<string, Role>> },
  given: Readonly<Record<string, string>> = {},
): Record<string, string> {
  for (const role of Object.keys(given)) {
    if (Object.hasOwn(roles, role)) continue;
    throw new RangeError(`columns: expected roles of ${name}, ${Object.keys(roles)}, got ${role}`);
  }
  const columns: Record<string, string> = {};
  for (const [role, { column }] of Object.entries(roles)) {
    const taken = given[role] ?? column;
    if (taken !== undefined) columns[role] = taken;
  }
  return columns;
}
