/** After a lost connection the page asks again for everything that it shows. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { connection } from '../services/socketClient';

export function useHealing(): void {
  const client = useQueryClient();
  useEffect(() => {
    let lost = false;
    return connection.subscribe(() => {
      const connected = connection.current() === 'connected';
      if (connected && lost) void client.invalidateQueries();
      lost = !connected;
    });
  }, [client]);
}
