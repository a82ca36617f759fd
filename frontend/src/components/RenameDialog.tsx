/** Renaming a canvas in a dialog. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useRenameCanvas } from '../hooks/useCanvases';
import { t } from '../i18n';
import type { Canvas } from '../types/api';
import { notifyError } from './ui/notices';

interface Props {
  canvas: Canvas | null;
  onClose: () => void;
  /** The dialog is gone: what opened it takes the focus back, for the menu's item is gone too. */
  onClosed: () => void;
}

export function RenameDialog({ canvas, onClose, onClosed }: Props) {
  return (
    <Modal
      opened={canvas !== null}
      onClose={onClose}
      returnFocus={false}
      onExitTransitionEnd={onClosed}
      title={t().home.rename}
      closeButtonProps={{ 'aria-label': t().app.close }}
    >
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
      { onSuccess: onClose, onError: notifyError },
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
          label={t().canvas.title}
          value={title}
          maxLength={200}
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t().app.cancel}
          </Button>
          <Button type="submit" loading={rename.isPending} disabled={!title.trim()}>
            {t().app.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
