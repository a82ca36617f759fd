/** One canvas by its address. */
import { Center } from '@mantine/core';
import { useEffect } from 'react';
import { CanvasEditor } from '../components/Canvas/CanvasEditor';
import { CanvasEnded } from '../components/Canvas/CanvasEnded';
import { CenteredLoader } from '../components/ui/CenteredLoader';
import { ErrorNote } from '../components/ui/ErrorNote';
import { useCanvas } from '../hooks/useCanvases';
import { t } from '../i18n';
import type { User } from '../types/api';

export default function CanvasPage({ id, user }: { id: string; user: User }) {
  const canvas = useCanvas(id);
  const title = canvas.data?.title;
  useEffect(() => {
    if (title) document.title = `${title} - CollabCanvas`;
    return () => {
      document.title = 'CollabCanvas';
    };
  }, [title]);

  if (canvas.data) return <CanvasEditor key={id} canvas={canvas.data} user={user} />;
  if (canvas.isPending) return <CenteredLoader label={t().canvas.opening} />;
  if ('status' in canvas.error && canvas.error.status === 404) {
    return <CanvasEnded ending="unavailable" />;
  }
  return (
    <Center h="100dvh" p="md">
      <ErrorNote message={canvas.error.message} onRetry={() => void canvas.refetch()} />
    </Center>
  );
}
