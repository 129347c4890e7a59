/** Why something cannot be done: what it needs, and who has it. */

export const rights = {
  produce: 'This needs the permission to send events: ask an administrator.',
  decide: 'This needs the permission to ask for decisions: ask an administrator.',
  read: 'This needs the permission to read: ask an administrator.',
  people: 'This needs the permission to see people: ask an analyst.',
  operate: 'This needs the permission to operate: ask an operator.',
  administer: 'This needs the permission to administer: ask an administrator.',
  audit: 'This needs the permission to audit: ask an auditor.',
  everywhere:
    'This is for all places, and you see some of them: ask somebody who is allowed everywhere.',
  title: 'This page is not for your role',
} as const;
