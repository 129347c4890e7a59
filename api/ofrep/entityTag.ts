/** Entity tags of bulk evaluations: an SDK that polls gets its flags again only when they may have changed. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../contracts/canonicalJson.ts';

/**
 * A strong entity tag: equal when all flags are of the same version and are asked for the same context, so that the
 * answer is the same without being computed.
 *
 * @param versions of each flag by its key; whatever changes with it: hash of the definition and number of the stage in force
 */
export function bulkTag(versions: Readonly<Record<string, string>>, context: unknown): string {
  const digest = createHash('sha256')
    .update(canonicalJson([versions, context]))
    .digest('base64url');
  return `"${digest}"`;
}

/**
 * Whether a request's If-None-Match names the tag; then the answer is 304 without a body.
 *
 * Source: RFC 9110, 13.1.2: weak comparison, a list of tags, or `*`.
 */
export function isUnmodified(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const tags = ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((each) => each.replace(/^W\//, '') === tag);
}
