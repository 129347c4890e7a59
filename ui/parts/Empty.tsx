/** Empty states: what is missing, and the command that changes it. */
import type { ReactNode } from 'react';
import { useView } from '../data/useView.ts';
import { beyond } from '../words/places.ts';
import { messages } from '../words/shell.ts';
import { Command } from './Command.tsx';

const words = messages.empty;

/** An event that the engine takes, as a command for this very address. */
export function sendCommand(origin: string, time: string): string {
  const event = {
    id: 'first-1',
    type: 'answered',
    time,
    user: 'student-1',
    item: 'item-1',
    value: 1,
    context: { skill: 'fractions' },
  };
  return `curl ${origin}/v1/events -H 'content-type: application/json' \\\n  -d '${JSON.stringify(event, null, 2)}'`;
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** @param text what the command will bring about */
export function EmptySend({ title, text }: { title: string; text: string }) {
  const { place } = useView().search;
  if (place !== undefined) return <Empty title={beyond.nothing} />;
  return (
    <Empty title={title}>
      <p className="muted">{text}</p>
      <Command text={sendCommand(location.origin, new Date().toISOString())} />
    </Empty>
  );
}

export function EmptyRange() {
  const { change } = useView();
  return (
    <Empty title={words.noPoints}>
      <p className="muted">{words.noPointsText}</p>
      <button
        type="button"
        className="text-button"
        onClick={() => change({ range: 'all', back: 0, from: undefined, to: undefined })}
      >
        {words.showAll}
      </button>
    </Empty>
  );
}
