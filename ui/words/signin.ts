/** Every word of signing in. */
import type { RoleName } from '../../contracts/access.ts';

export const signing = {
  title: 'Sign in',
  again: 'Sign in again',
  login: 'Login',
  password: 'Password',
  show: 'Show the password',
  capsLock: 'Caps Lock is on.',
  submit: 'Sign in',
  pending: 'Signing in …',
  wrong:
    'Login or password is wrong, or the account is switched off. An administrator can set a new password.',
  wait: (time: string) =>
    `Too many attempts. The next one is possible in ${time}; the right password waits as well.`,
  unreachable: 'The engine does not answer. What you typed is kept; try again in a moment.',
  noData: 'Nothing is shown before you have signed in.',
  help: 'Nobody can sign in? On the machine of the engine: millrace account reset-password LOGIN',
  waiting: 'Asking the engine …',
} as const;

export const first = {
  title: 'Make the first administrator',
  text: 'Nobody has an account yet. From the first one on everybody signs in or brings a key.',
  code: 'Code',
  codeText: 'The engine printed it at its start.',
  login: 'Login',
  loginText: 'Letters, digits and . _ - @',
  loginWrong: 'Letters, digits and . _ - @ alone, up to 100.',
  name: 'Your name',
  nameText: 'It stands in the record beside what you do.',
  nameWrong: 'Give a name: up to 100 characters, none of the engine’s own.',
  password: 'Password',
  submit: 'Make the account',
  pending: 'Making the account …',
  taken: 'Somebody else was faster: there is an account already. Sign in with it.',
} as const;

export const change = {
  title: 'Choose your own password',
  forced: 'This password was set by somebody else. Take one that only you know.',
  current: 'Present password',
  next: 'New password',
  repeat: 'New password, again',
  rule: (least: number, most: number) =>
    `${least} to ${most} characters. Several words are easy to remember and hard to guess.`,
  differ: 'The two are not the same.',
  submit: 'Change the password',
  pending: 'Changing …',
  wrong: 'This is not the present password.',
  signOut: 'Sign out instead',
} as const;

export const ended = {
  title: 'Your session has ended',
  text: 'Sign in again to go on. What you have typed on this page is still there; then repeat what was not done.',
} as const;

/** Beneath the page, while the dialog is closed. */
export const signedOut = {
  banner: 'Your session has ended: nothing new is shown, and nothing can be done.',
  button: 'Sign in again',
} as const;

export const roles: Readonly<Record<RoleName, string>> = {
  viewer: 'Viewer',
  analyst: 'Analyst',
  operator: 'Operator',
  admin: 'Administrator',
  auditor: 'Auditor',
};
