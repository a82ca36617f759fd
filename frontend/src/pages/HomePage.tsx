/** All canvases a person may open, and the way to a new one. */
import {
  Button,
  Center,
  Container,
  Group,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { IconPlus, IconShape2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { CanvasCard } from '../components/CanvasCard';
import { DeleteDialog, RenameDialog } from '../components/CanvasDialogs';
import { ErrorNote } from '../components/ui/ErrorNote';
import { tellError } from '../components/ui/notices';
import { TopBar } from '../components/TopBar';
import { useCanvases, useCreateCanvas } from '../hooks/useCanvases';
import type { Canvas, User } from '../types/api';

const COLUMNS = { base: 1, xs: 2, md: 3, lg: 4 };

export function HomePage({ user }: { user: User }) {
  const [, navigate] = useLocation();
  const create = useCreateCanvas();
  const canvases = useCanvases();
  const [renaming, setRenaming] = useState<Canvas | null>(null);
  const [deleting, setDeleting] = useState<Canvas | null>(null);

  const newCanvas = () =>
    create.mutate(undefined, {
      onSuccess: (canvas) => navigate(`/canvas/${canvas.id}`),
      onError: tellError,
    });
  const list = canvases.data?.pages.flatMap((page) => page.canvases) ?? [];
  const button = (
    <Button leftSection={<IconPlus size={18} />} loading={create.isPending} onClick={newCanvas}>
      New canvas
    </Button>
  );

  return (
    <>
      <TopBar user={user} />
      <Container size="xl" component="main" py="lg">
        <Group justify="space-between" mb="lg">
          <Title order={1} size="h2">
            Canvases
          </Title>
          {button}
        </Group>
        {canvases.isPending && (
          <SimpleGrid cols={COLUMNS} aria-label="Loading" role="status">
            {['a', 'b', 'c', 'd'].map((key) => (
              <Skeleton key={key} height={232} radius="lg" />
            ))}
          </SimpleGrid>
        )}
        {canvases.isError && (
          <ErrorNote message={canvases.error.message} onRetry={() => void canvases.refetch()} />
        )}
        {canvases.isSuccess && list.length === 0 && <Empty />}
        {list.length > 0 && (
          <SimpleGrid cols={COLUMNS} component="ul" p={0} m={0}>
            {list.map((canvas) => (
              <CanvasCard
                key={canvas.id}
                canvas={canvas}
                onRename={() => setRenaming(canvas)}
                onDelete={() => setDeleting(canvas)}
              />
            ))}
          </SimpleGrid>
        )}
        {canvases.hasNextPage && (
          <Center mt="lg">
            <Button
              variant="default"
              loading={canvases.isFetchingNextPage}
              onClick={() => void canvases.fetchNextPage()}
            >
              Show more
            </Button>
          </Center>
        )}
      </Container>
      <RenameDialog canvas={renaming} onClose={() => setRenaming(null)} />
      <DeleteDialog canvas={deleting} onClose={() => setDeleting(null)} />
    </>
  );
}

function Empty() {
  return (
    <Center py={80}>
      <Stack align="center" gap="xs" maw={420}>
        <IconShape2 size={48} stroke={1.2} color="var(--mantine-color-dimmed)" aria-hidden />
        <Title order={2} size="h4">
          No canvas yet
        </Title>
        <Text c="dimmed" ta="center" size="sm">
          Start a new one, write what you want to see, for example &ldquo;order -&gt; payment -&gt;
          shipping&rdquo;, and watch it appear. Then share it with your team.
        </Text>
      </Stack>
    </Center>
  );
}
