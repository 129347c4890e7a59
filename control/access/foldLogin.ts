/**
 * What tells logins apart: without regard to case and to the form in which a keyboard composes letters.
 *
 * Compatible forms are one (NFKC: a wide `Ａ` is an `A`), letters of other scripts that look alike are not: a Cyrillic `а` is no
 * Latin `a`. Upper before lower case, so that `ß` and `SS`, and both forms of sigma, are one.
 */

/**
 * @example
 * foldLogin('STRASSE') === foldLogin('straße'); // true
 */
export function foldLogin(login: string): string {
  return login
    .normalize('NFKC')
    .toUpperCase()
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFKC');
}
