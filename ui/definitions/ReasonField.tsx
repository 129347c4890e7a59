/** Why something is done, for the record. */
import { Textarea } from '@mantine/core';
import { reasons as words } from '../words/definitions.ts';

interface Props {
  value: string;
  onChange(value: string): void;
  /** Whether it was tried without: then a missing reason is said. */
  tried: boolean;
  text?: string;
  rows?: number;
  /** Whether a dialog begins here. */
  focused?: boolean;
}

export function ReasonField(props: Props) {
  const { value, onChange, tried, text = words.reasonText, rows = 3, focused = false } = props;
  return (
    <Textarea
      label={words.reason}
      description={text}
      {...(focused ? { 'data-autofocus': true } : {})}
      rows={rows}
      maxLength={4_096}
      value={value}
      error={tried && value.trim() === '' ? words.reasonMissing : undefined}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
