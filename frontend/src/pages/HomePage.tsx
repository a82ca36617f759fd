/** All canvases a person may open, and the ways to a new one. */
import { Button, Center, FileButton, Group, SimpleGrid, Skeleton, Text } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { CanvasCard } from '../components/CanvasCard';
import { ALL, choose, needsAll } from '../components/Home/canvasList';
import { DescribeBox } from '../components/Home/DescribeBox';
import { DropArea } from '../components/Home/DropArea';
import { ListControls } from '../components/Home/ListControls';
import { TemplateRow } from '../components/Home/TemplateRow';
import { PageFrame } from '../components/PageFrame';
import { RenameDialog } from '../components/RenameDialog';
import { EmptyNote } from '../components/ui/EmptyNote';
import { ErrorNote } from '../components/ui/ErrorNote';
import { hide, notify, notifyError, notifyUndoable } from '../components/ui/notices';
import { useCanvases, useCreateCanvas, useDeletion } from '../hooks/useCanvases';
import { IMPORTABLE, useNewCanvas, type Wish } from '../hooks/useNewCanvas';
import { t } from '../i18n';
import type { Canvas } from '../types/api';
import classes from './HomePage.module.css';

const COLUMNS = { base: 1, xs: 2, md: 3, lg: 4 };

export default function HomePage() {
  const words = t().home;
  const [choice, setChoice] = useState(ALL);
  const [renaming, setRenaming] = useState<Canvas | null>(null);
  const menuOfRenamed = useRef<HTMLElement>(null);
  const canvases = useCanvases();
  const { fromWords, copyOf, open, fromFiles, create } = useWaysToNew();
  const { deleted, remove } = useRemoval();

  const { hasNextPage, isFetching, fetchNextPage } = canvases;
  const everything = needsAll(choice);
  useEffect(() => {
    if (everything && hasNextPage && !isFetching) void fetchNextPage();
  }, [everything, hasNextPage, isFetching, fetchNextPage]);

  const known = (canvases.data?.pages.flatMap((page) => page.canvases) ?? []).filter(
    ({ id }) => !deleted.has(id),
  );
  const list = choose(known, choice);
  const duplicate = ({ id, title }: Canvas) => {
    const copy = words.copyOf(title).slice(0, 200);
    const onSuccess = () => notify(words.duplicated(copy));
    copyOf.mutate({ id, title: copy }, { onSuccess, onError: notifyError });
  };
  const actions = (
    <Group gap="xs" className={classes.actions}>
      <FileButton accept={IMPORTABLE} multiple onChange={fromFiles}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconFileImport size={18} />}>
            {words.import}
          </Button>
        )}
      </FileButton>
      <Button leftSection={<IconPlus size={18} />} loading={create.isPending} onClick={open}>
        {words.newCanvas}
      </Button>
    </Group>
  );

  return (
    <DropArea hint={words.importHint} onFiles={fromFiles}>
      <PageFrame title={words.title} actions={actions}>
        <DescribeBox busy={fromWords.busy} onDraw={fromWords.draw} />
        <TemplateRow busy={fromWords.busy} onChoose={fromWords.draw} />
        {known.length > 0 && <ListControls choice={choice} onChange={setChoice} />}
        {canvases.isPending && <Loading />}
        {canvases.isError && (
          <ErrorNote message={canvases.error.message} onRetry={() => void canvases.refetch()} />
        )}
        {canvases.isSuccess && known.length === 0 && (
          <EmptyNote title={words.empty} text={words.emptyText} />
        )}
        {known.length > 0 && list.length === 0 && (
          <Text c="dimmed" role="status">
            {choice.search.trim() ? words.noneFound(choice.search.trim()) : words.noneHere}
          </Text>
        )}
        {list.length > 0 && (
          <SimpleGrid cols={COLUMNS} component="ul" p={0} m={0} aria-label={words.title}>
            {list.map((canvas) => (
              <CanvasCard
                key={canvas.id}
                canvas={canvas}
                onRename={(menu) => {
                  menuOfRenamed.current = menu;
                  setRenaming(canvas);
                }}
                onDuplicate={() => duplicate(canvas)}
                onDelete={() => remove(canvas)}
              />
            ))}
          </SimpleGrid>
        )}
        {hasNextPage && !everything && (
          <Center mt="lg">
            <Button
              variant="default"
              loading={canvases.isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {words.showMore}
            </Button>
          </Center>
        )}
      </PageFrame>
      <RenameDialog
        canvas={renaming}
        onClose={() => setRenaming(null)}
        onClosed={() => menuOfRenamed.current?.focus()}
      />
    </DropArea>
  );
}

function Loading() {
  return (
    <SimpleGrid cols={COLUMNS} aria-label={t().app.loading} role="status">
      {['a', 'b', 'c', 'd'].map((key) => (
        <Skeleton key={key} height={232} radius="lg" />
      ))}
    </SimpleGrid>
  );
}

/** Empty, from words or from files: each leads to the new canvas, but many stay in the list. */
function useWaysToNew() {
  const [, navigate] = useLocation();
  const create = useCreateCanvas();
  const { fromFiles, fromWords, copyOf } = useNewCanvas();
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const enter = {
    onSuccess: ({ id }: { id: string }) => navigate(`/canvas/${id}`),
    onError: notifyError,
  };
  return {
    create,
    copyOf,
    open: () => create.mutate(undefined, enter),
    fromFiles: (files: File[]) => {
      if (files.length === 0) return;
      const importing = notify(t().home.importing(files.length));
      // Of two drops one after the other, both have to be answered.
      fromFiles
        .mutateAsync(files)
        .then(({ canvases, refused }) => {
          for (const sentence of refused) notifyError(sentence);
          const [only] = canvases;
          // A person who went elsewhere meanwhile stays there.
          if (only && files.length === 1 && here.current) enter.onSuccess(only);
          else if (only) notify(t().home.imported(canvases.length));
        })
        .catch(notifyError)
        .finally(() => hide(importing));
    },
    fromWords: {
      busy: fromWords.isPending,
      draw: (wish: Wish) => fromWords.mutate(wish, enter),
    },
  };
}

function useRemoval() {
  const { deleted, begin, undo, commit } = useDeletion();
  const remove = ({ id, title }: Canvas) => {
    begin(id);
    notifyUndoable({
      message: t().home.deleted(title),
      label: t().home.undo,
      undo: () => undo(id),
      commit: () => commit.mutate(id, { onError: notifyError }),
    });
  };
  return { deleted, remove };
}
