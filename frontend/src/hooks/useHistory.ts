/** The versions of a canvas, the scene of one, and what may be done with them. */
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import {
  findJobVersion,
  getVersionScene,
  listVersions,
  nameVersion,
  renameVersion,
  restoreVersion,
  unnameVersion,
} from '../services/historyService';
import { atMostEvery } from '../services/timers';
import type { Version, VersionPage } from '../types/history';
import type { CanvasSession } from './useCanvasSession';

const REFRESH_EVERY_MS = 2_000;
const listOf = (canvasId: string) => ['versions', canvasId];

export function useVersions(canvasId: string, named: boolean) {
  return useInfiniteQuery({
    queryKey: [...listOf(canvasId), named],
    queryFn: ({ pageParam }) => listVersions(canvasId, { named, before: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page: VersionPage) => page.next_before,
    refetchOnMount: 'always',
    placeholderData: keepPreviousData,
  });
}

/** While the history is open it grows with what happens on the canvas. */
export function useVersionsLive(canvasId: string, session: CanvasSession | null): void {
  const client = useQueryClient();
  useEffect(() => {
    const queryKey = listOf(canvasId);
    const refresh = atMostEvery(
      REFRESH_EVERY_MS,
      () => void client.invalidateQueries({ queryKey }),
    );
    const stop = session?.listen({ onScene: refresh.soon });
    return () => {
      stop?.();
      refresh.stop();
    };
  }, [client, canvasId, session]);
}

/** Scenes of versions never change. */
export function useVersionScene(canvasId: string, version: number | null) {
  return useQuery({
    queryKey: ['version', canvasId, version],
    queryFn: () => (version === null ? [] : getVersionScene(canvasId, version)),
    enabled: version !== null,
    staleTime: Infinity,
    retry: false,
  });
}

export function useVersionActions(canvasId: string) {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: listOf(canvasId) });
  return {
    save: useMutation({ mutationFn: (name: string) => nameVersion(canvasId, name), onSettled }),
    name: useMutation({
      mutationFn: ({ version, name }: { version: Version; name: string }) =>
        version.name === null
          ? nameVersion(canvasId, name, version.version)
          : renameVersion(canvasId, version.version, name),
      onSettled,
    }),
    unname: useMutation({
      mutationFn: (version: number) => unnameVersion(canvasId, version),
      onSettled,
    }),
    restore: useMutation({
      mutationFn: (version: number) => restoreVersion(canvasId, version),
      onSettled,
    }),
    find: useMutation({ mutationFn: (jobId: string) => findJobVersion(canvasId, jobId) }),
  };
}
