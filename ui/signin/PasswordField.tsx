/** A password, with a hint when Caps Lock is on, and a way to see what was typed. */
import { TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { signing as words } from '../words/signin.ts';

interface Props {
  label: string;
  value: string;
  onChange(value: string): void;
  autoComplete: 'current-password' | 'new-password';
  name: string;
  description?: string;
  error?: ReactNode;
  maxLength: number;
  focused?: boolean;
}

export function PasswordField(props: Props) {
  const { label, value, onChange, autoComplete, name, description, error, maxLength } = props;
  const [isShown, setShown] = useState(false);
  const [hasCaps, setCaps] = useState(false);
  const id = useId();
  const look = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'));
  return (
    <div className="password-field">
      <TextInput
        id={id}
        label={label}
        description={description}
        type={isShown ? 'text' : 'password'}
        name={name}
        autoComplete={autoComplete}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={maxLength}
        value={value}
        error={error}
        {...(props.focused === true ? { 'data-autofocus': true } : {})}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        onKeyDown={look}
        onKeyUp={look}
        onBlur={() => setCaps(false)}
      />
      <div className="spread">
        <label className="check">
          <input
            type="checkbox"
            checked={isShown}
            aria-controls={id}
            onChange={({ currentTarget }) => setShown(currentTarget.checked)}
          />
          {words.show}
        </label>
        <span className="caps-lock" role="status">
          {hasCaps && words.capsLock}
        </span>
      </div>
    </div>
  );
}
