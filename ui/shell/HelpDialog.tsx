/** What the keys do, how times and names read, and the switch for single-key shortcuts (WCAG 2.1.4). */
import { Kbd } from '@mantine/core';
import { Dialog } from '../parts/Dialog.tsx';
import { OwnName } from '../parts/OwnName.tsx';
import { help } from '../words/help.ts';

const words = help;

interface Props {
  onClose(): void;
  keysOn: boolean;
  onKeysOn(on: boolean): void;
}

export function HelpDialog({ onClose, keysOn, onKeysOn }: Props) {
  return (
    <Dialog title={words.title} onClose={onClose}>
      <dl className="key-list">
        {words.list.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              {keys.split(/\s+/).map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <label className="check">
        <input
          type="checkbox"
          checked={keysOn}
          onChange={(event) => onKeysOn(event.currentTarget.checked)}
        />
        {words.singleKeys}
      </label>
      <OwnName />
      <p className="muted">{words.about}</p>
    </Dialog>
  );
}
