/** The server's public settings: who may register, which planner, which styles. */
import { useQuery } from '@tanstack/react-query';
import { loadConfig } from '../services/authService';

export function useConfig() {
  return useQuery({ queryKey: ['config'], queryFn: loadConfig, staleTime: Infinity }).data;
}
