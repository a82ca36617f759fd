/** The list of canvases, one canvas, and what may be done to them. */
import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import {
  createCanvas,
  getCanvas,
  listCanvases,
  renameCanvas,
  versionThumbnail,
} from '../services/canvasService';
import { deletions } from '../services/deletions';
import { atMostEvery } from '../services/timers';
import { isFinished } from '../sync/jobs';
import type { Canvas, CanvasPage } from '../types/api';
import { useJobEvents } from './useAIJobUpdates';

export { versionThumbnail };

const LIST = ['canvases'];
const one = (id: string) => ['canvas', id];

const REFRESH_EVERY_MS = 1_000;

export function useCanvases() {
  const client = useQueryClient();
  const refresh = useMemo(
    () => atMostEvery(REFRESH_EVERY_MS, () => void client.invalidateQueries({ queryKey: LIST })),
    [client],
  );
  useEffect(() => refresh.stop, [refresh]);
  /** What a job drew changes its canvas's picture and count. */
  useJobEvents(useCallback(({ status }) => void (isFinished(status) && refresh.soon()), [refresh]));
  return useInfiniteQuery({
    queryKey: LIST,
    queryFn: ({ pageParam }) => listCanvases(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page: CanvasPage) => page.next_cursor,
    refetchOnMount: 'always',
  });
}

export function useCanvas(id: string) {
  return useQuery({ queryKey: one(id), queryFn: () => getCanvas(id), retry: false });
}

export function useCreateCanvas() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (title?: string) => createCanvas(title),
    onSuccess: (canvas) => client.setQueryData(one(canvas.id), canvas),
  });
}

export function useRenameCanvas() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, title }: { id: string; title: string }) => renameCanvas(id, title),
    onSuccess: (canvas) => {
      client.setQueryData(one(canvas.id), canvas);
      client.setQueryData<InfiniteData<CanvasPage>>(LIST, (data) =>
        mapCanvases(data, (list) => list.map((old) => (old.id === canvas.id ? canvas : old))),
      );
    },
  });
}

/** Deleting that can be taken back for a moment: `begin`, then `undo` or `commit`. */
export function useDeletion() {
  const client = useQueryClient();
  const deleted = useSyncExternalStore(deletions.subscribe, deletions.current);
  const commit = useMutation({
    mutationFn: deletions.commit,
    onSuccess: (happened, id) => {
      if (!happened) return;
      client.removeQueries({ queryKey: one(id) });
      client.setQueryData<InfiniteData<CanvasPage>>(LIST, (data) =>
        mapCanvases(data, (list) => list.filter((canvas) => canvas.id !== id)),
      );
    },
  });
  return { deleted, begin: deletions.begin, undo: deletions.undo, commit };
}

function mapCanvases(
  data: InfiniteData<CanvasPage> | undefined,
  change: (canvases: Canvas[]) => Canvas[],
): InfiniteData<CanvasPage> | undefined {
  if (!data) return data;
  const pages = data.pages.map((page) => ({ ...page, canvases: change(page.canvases) }));
  return { ...data, pages };
}
