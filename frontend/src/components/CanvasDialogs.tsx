/** Renaming and deleting a canvas, each in a dialog. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useDeleteCanvas, useRenameCanvas } from '../hooks/useCanvases';
import type { Canvas } from '../types/api';
import { tellError } from './ui/notices';

interface Props {
  canvas: Canvas | null;
  onClose: () => void;
}

const CLOSE = { 'aria-label': 'Close' };

export function RenameDialog({ canvas, onClose }: Props) {
  return (
    <Modal opened={canvas !== null} onClose={onClose} title="Rename" closeButtonProps={CLOSE}>
      {canvas && <RenameForm key={canvas.id} canvas={canvas} onClose={onClose} />}
    </Modal>
  );
}

function RenameForm({ canvas, onClose }: { canvas: Canvas; onClose: () => void }) {
  const rename = useRenameCanvas();
  const [title, setTitle] = useState(canvas.title);
  const submit = () => {
    if (!title.trim()) return;
    rename.mutate(
      { id: canvas.id, title: title.trim() },
      { onSuccess: onClose, onError: tellError },
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <TextInput
          label="Title"
          value={title}
          maxLength={200}
          data-autofocus
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep the old one
          </Button>
          <Button type="submit" loading={rename.isPending} disabled={!title.trim()}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function DeleteDialog({ canvas, onClose }: Props) {
  const remove = useDeleteCanvas();
  const confirm = () => {
    if (canvas) remove.mutate(canvas.id, { onSuccess: onClose, onError: tellError });
  };
  return (
    <Modal
      opened={canvas !== null}
      onClose={onClose}
      title="Delete this canvas?"
      closeButtonProps={CLOSE}
    >
      <Stack>
        <Text size="sm">
          &ldquo;{canvas?.title}&rdquo; and everything on it will be deleted for all its members.
          This cannot be undone.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={remove.isPending} onClick={confirm}>
            Delete
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
