/** The share links of a canvas, for its owner. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createShareLink, listShareLinks, revokeShareLink } from '../services/sharingService';
import type { Role } from '../types/api';

export function useShareLinks(canvasId: string) {
  const client = useQueryClient();
  const queryKey = ['share-links', canvasId];
  const onSettled = () => client.invalidateQueries({ queryKey });
  return {
    list: useQuery({ queryKey, queryFn: () => listShareLinks(canvasId) }),
    create: useMutation({
      mutationFn: ({ role, days }: { role: Role; days: number }) =>
        createShareLink(canvasId, role, days),
      onSettled,
    }),
    revoke: useMutation({
      mutationFn: (linkId: string) => revokeShareLink(canvasId, linkId),
      onSettled,
    }),
  };
}
