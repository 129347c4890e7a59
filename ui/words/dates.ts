/** Every word of the choice of dates. */

export const dates = {
  title: 'Show from … to …',
  from: 'From',
  to: 'To',
  zone: (zone: string) => `Times in ${zone}, the zone of this computer.`,
  missing: 'Give a date and a time.',
  order: 'The end must lie behind the beginning.',
  show: 'Show',
  cancel: 'Cancel',
} as const;
