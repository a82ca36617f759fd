/** Who is on a canvas, and inviting, changing and removing them. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  acceptInvitation,
  changeRole,
  listInvitations,
  listMembers,
  openShareLink,
  removeMember,
  shareCanvas,
  transferCanvas,
  withdrawInvitation,
} from '../services/sharingService';
import type { Role } from '../types/api';

/** Only owners may see open invitations. */
export function useMembers(canvasId: string, role: Role) {
  const client = useQueryClient();
  const members = ['members', canvasId];
  const invitations = ['invitations', canvasId];
  const refresh = () =>
    Promise.all([members, invitations].map((queryKey) => client.invalidateQueries({ queryKey })));
  return {
    // When one's own role changes, so did somebody else's, perhaps.
    list: useQuery({
      queryKey: [...members, role],
      queryFn: () => listMembers(canvasId),
      placeholderData: keepPreviousData,
    }),
    invitations: useQuery({
      queryKey: invitations,
      queryFn: () => listInvitations(canvasId),
      enabled: role === 'owner',
    }),
    invite: useMutation({
      mutationFn: ({ email, role: as }: { email: string; role: Role }) =>
        shareCanvas(canvasId, email, as),
      onSuccess: refresh,
    }),
    changeRole: useMutation({
      mutationFn: ({ userId, role: as }: { userId: string; role: Role }) =>
        changeRole(canvasId, userId, as),
      onSettled: refresh,
    }),
    remove: useMutation({
      mutationFn: (userId: string) => removeMember(canvasId, userId),
      onSettled: refresh,
    }),
    /** Nothing to ask for afterwards: a person who has left may not see the members. */
    leave: useMutation({ mutationFn: (userId: string) => removeMember(canvasId, userId) }),
    transfer: useMutation({
      mutationFn: (userId: string) => transferCanvas(canvasId, userId),
      onSettled: refresh,
    }),
    withdraw: useMutation({
      mutationFn: (invitationId: string) => withdrawInvitation(canvasId, invitationId),
      onSettled: refresh,
    }),
  };
}

export function useAcceptInvitation() {
  return useMutation({ mutationFn: acceptInvitation });
}

export function useOpenShareLink() {
  return useMutation({ mutationFn: openShareLink });
}
