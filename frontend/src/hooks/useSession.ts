/** Who is signed in, and the ways in and out. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { createAccount, currentUser, signIn, signOut } from '../services/authService';
import { forgetScenes } from '../services/localStore';
import { connectSocket, disconnectSocket } from '../services/socketClient';
import type { User } from '../types/api';

const ME = ['me'];

export function useSession() {
  const query = useQuery({ queryKey: ME, queryFn: currentUser, staleTime: 60_000 });
  return { user: query.data, isLoading: query.isPending, error: query.error, retry: query.refetch };
}

/** Keeps the tab's socket open for as long as somebody is signed in. */
export function useSocketFor(user: User | null | undefined): void {
  const id = user?.id;
  useEffect(() => {
    if (!id) return undefined;
    connectSocket();
    return disconnectSocket;
  }, [id]);
}

export function useSignIn() {
  const client = useQueryClient();
  const onSuccess = (user: User) => client.setQueryData(ME, user);
  return {
    signIn: useMutation({ mutationFn: signIn, onSuccess }),
    createAccount: useMutation({ mutationFn: createAccount, onSuccess }),
  };
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signOut,
    onSettled: async () => {
      await forgetScenes();
      client.clear();
      client.setQueryData(ME, null);
    },
  });
}
