/** A first experiment as a command, for the address that the page has. */

export function exampleCommand(origin: string): string {
  const experiment = {
    key: 'hints',
    name: 'Hints before answers',
    variants: [
      { key: 'without', name: 'Without hints', weight: 0.5 },
      { key: 'with', name: 'With hints', weight: 0.5 },
    ],
    control: 'without',
    metrics: [],
    minimumEffect: 0.02,
  };
  const body = JSON.stringify({ experiment, reason: 'A first draft' }, null, 2);
  return `curl ${origin}/v1/experiments -H 'content-type: application/json' \\\n  -d '${body}'`;
}
