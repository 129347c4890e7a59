/** Whether the engine takes it as a login: as `Login` of `contracts/accessApi.ts` says, without the library that reads it there. */

export function isLogin(text: string): boolean {
  return /^[\p{L}\p{N}._@-]{1,100}$/u.test(text);
}
