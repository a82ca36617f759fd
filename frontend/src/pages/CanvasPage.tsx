/** One canvas by its address. */
import { Center } from '@mantine/core';
import { useEffect } from 'react';
import { CanvasEditor } from '../components/Canvas/CanvasEditor';
import { CanvasEnded } from '../components/Canvas/CanvasEnded';
import { beginEditor } from '../components/Canvas/Stage';
import { CenteredLoader } from '../components/ui/CenteredLoader';
import { ErrorNote } from '../components/ui/ErrorNote';
import { notify } from '../components/ui/notices';
import { useCanvas } from '../hooks/useCanvases';
import { useCanvasSession } from '../hooks/useCanvasSession';
import { usePageTitle } from '../hooks/usePageTitle';
import { t } from '../i18n';
import type { User } from '../types/api';

export default function CanvasPage({ id, user }: { id: string; user: User }) {
  // All that takes time begins at once: what is known of the canvas, its objects, the editor.
  const canvas = useCanvas(id);
  const live = useCanvasSession(id, user.id);
  const { session } = live;
  useEffect(() => session?.listen({ onNotice: notify }), [session]);
  useEffect(beginEditor, []);
  usePageTitle(canvas.data?.title);

  if (canvas.data) return <CanvasEditor key={id} canvas={canvas.data} user={user} live={live} />;
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
