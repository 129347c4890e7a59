/** Every word of the account menu. */

export const account = {
  menu: (name: string) => `Account: ${name}`,
  own: 'Your account',
  signOut: 'Sign out',
  signOutFailed: 'The engine does not answer: you are still signed in.',
  makeFirst: 'Require sign-in …',
  open: 'This engine is open',
  openText: 'Whoever reaches it on its machine may do everything.',
  roles: {
    viewer: 'Viewer: sees figures of groups',
    analyst: 'Analyst: sees people as well',
    operator: 'Operator: changes what runs',
    admin: 'Administrator: may do everything',
    auditor: 'Auditor: reads who did what',
  },
  places: (count: number) => `in ${count === 1 ? '1 place' : `${count} places`}`,
} as const;
