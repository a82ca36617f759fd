/** Who is signed in, the ways in and out, and what this installation offers. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { renamePerson } from '../services/accountService';
import { createAccount, loadConfig, signIn, signOut } from '../services/authService';
import { deletions } from '../services/deletions';
import { forgetScenes } from '../services/localStore';
import { connectSocket, disconnectSocket } from '../services/socketClient';
import type { User } from '../types/api';

const ME = ['me'];
const CONFIG = ['config'];
/** The page comes back by itself when the server does. */
const ASK_AGAIN_MS = 3_000;
const KEPT = new Set([...ME, ...CONFIG]);

export function useSession() {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ME,
    queryFn: async () => {
      const config = await loadConfig();
      client.setQueryData(CONFIG, config);
      return config.user;
    },
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.status === 'error' ? ASK_AGAIN_MS : false),
  });
  // A person known to be signed in stays so while the server cannot be asked.
  const error = query.data === undefined ? query.error : null;
  return { user: query.data, isLoading: query.isPending, error, retry: query.refetch };
}

/**
 * Keeps the tab's socket open for as long as somebody is signed in. The server knows a socket by
 * the name of the person who opened it: under another name it is opened again.
 */
export function useSocketFor(user: User | null | undefined): void {
  const person = user ? `${user.id} ${user.name}` : null;
  useEffect(() => {
    if (!person) return undefined;
    connectSocket();
    return disconnectSocket;
  }, [person]);
}

export function useSignIn() {
  const client = useQueryClient();
  const onSuccess = (user: User) => client.setQueryData(ME, user);
  return {
    signIn: useMutation({ mutationFn: signIn, onSuccess }),
    createAccount: useMutation({ mutationFn: createAccount, onSuccess }),
  };
}

export function useRenamePerson() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: renamePerson,
    onSuccess: (user) => client.setQueryData(ME, user),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      // Later, the server would refuse them.
      await deletions.flush();
      await signOut();
    },
    onSettled: async () => {
      // First, so that nothing more is asked for, in vain; and a query that is removed notifies nobody.
      client.setQueryData(ME, null);
      client.removeQueries({ predicate: ({ queryKey }) => !KEPT.has(String(queryKey[0])) });
      await forgetScenes();
    },
  });
}

/** The server's public settings: who may register, which planner, which styles. */
export function useConfig() {
  return useQuery({ queryKey: CONFIG, queryFn: loadConfig, staleTime: Infinity }).data;
}
