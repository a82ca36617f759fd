/** Who is on a canvas, and inviting, changing and removing them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  acceptInvitation,
  changeRole,
  listInvitations,
  listMembers,
  removeMember,
  shareCanvas,
  withdrawInvitation,
} from '../services/canvasService';
import type { Role } from '../types/api';

/** `manages`: only owners may see open invitations. */
export function useMembers(canvasId: string, manages: boolean) {
  const client = useQueryClient();
  const members = ['members', canvasId];
  const invitations = ['invitations', canvasId];
  const refresh = () =>
    Promise.all([members, invitations].map((queryKey) => client.invalidateQueries({ queryKey })));
  return {
    members: useQuery({ queryKey: members, queryFn: () => listMembers(canvasId) }),
    invitations: useQuery({
      queryKey: invitations,
      queryFn: () => listInvitations(canvasId),
      enabled: manages,
    }),
    invite: useMutation({
      mutationFn: ({ email, role }: { email: string; role: Role }) =>
        shareCanvas(canvasId, email, role),
      onSuccess: refresh,
    }),
    changeRole: useMutation({
      mutationFn: ({ userId, role }: { userId: string; role: Role }) =>
        changeRole(canvasId, userId, role),
      onSettled: refresh,
    }),
    remove: useMutation({
      mutationFn: (userId: string) => removeMember(canvasId, userId),
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
