/** Sign-ins and API tokens of the person's account. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createToken,
  endSignIn,
  listSignIns,
  listTokens,
  revokeToken,
} from '../services/accountService';

const SIGN_INS = ['sign-ins'];
const TOKENS = ['tokens'];

export function useSignIns() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: SIGN_INS });
  return {
    list: useQuery({ queryKey: SIGN_INS, queryFn: listSignIns }),
    end: useMutation({ mutationFn: endSignIn, onSettled }),
  };
}

export function useTokens() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: TOKENS });
  return {
    list: useQuery({ queryKey: TOKENS, queryFn: listTokens }),
    create: useMutation({ mutationFn: createToken, onSettled }),
    revoke: useMutation({ mutationFn: revokeToken, onSettled }),
  };
}
