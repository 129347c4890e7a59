/** Where somebody goes after signing in: a page of this dashboard, and nothing that could be of another origin. */
import { isOwnPage } from '../parts/PageLink.tsx';

/**
 * @param next as the address has it
 * @returns '/' for what is no path of a page here
 *
 * @example
 * ownPath('/models?range=7d'); // '/models?range=7d'
 * ownPath('//elsewhere.example'); // '/'
 */
export function ownPath(next: unknown, origin = 'http://localhost'): string {
  if (typeof next !== 'string' || next.length > 2_000 || !isOwnPage(next)) return '/';
  if (!URL.canParse(next, origin)) return '/';
  const url = new URL(next, origin);
  if (url.origin !== origin || url.pathname.startsWith('/sign-in')) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
