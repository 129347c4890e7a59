/** Copies the address, which holds the whole view. */
import { ActionIcon } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { CheckIcon, LinkIcon } from '../parts/Icons.tsx';
import { messages } from '../words/shell.ts';

export function CopyLink() {
  const clipboard = useClipboard({ timeout: 2_000 });
  const label = clipboard.copied ? messages.shell.copied : messages.shell.copyLink;
  return (
    <ActionIcon
      className="copy-link"
      variant="subtle"
      size="lg"
      aria-label={label}
      title={label}
      onClick={() => clipboard.copy(location.href)}
    >
      {clipboard.copied ? <CheckIcon /> : <LinkIcon />}
    </ActionIcon>
  );
}
