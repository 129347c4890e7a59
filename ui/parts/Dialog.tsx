/** A dialog with its title. Its head is no `header`: that would be a second banner of the page. */
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { messages } from '../words/shell.ts';
import { useFocusBack } from './useFocusBack.ts';

interface Props {
  title: string;
  size?: 'md' | 'lg';
  /** Whether a slip, a click beside it or Escape, leaves it open. */
  isKept?: boolean;
  onClose(): void;
  children: ReactNode;
}

export function Dialog({ title, size = 'md', isKept = false, onClose, children }: Props) {
  useFocusBack();
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={size}
      closeOnClickOutside={!isKept}
      closeOnEscape={!isKept}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className="dialog-head">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={messages.close} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
