/** The instruction panel: open or not, the key that opens it, and where typing begins. */
import { useFocusReturn, useMediaQuery } from '@mantine/hooks';
import { useCallback, useRef, useState } from 'react';
import { useInstructionKeys } from './useHotkeys';

const PHONE = '(max-width: 48em)';

export const useIsPhone = () => useMediaQuery(PHONE, window.matchMedia(PHONE).matches);

/** `onOpen`: what else has to make room for it. */
export function useInstructions(canEdit: boolean, startsEmpty: boolean, onOpen: () => void) {
  const isPhone = useIsPhone();
  const [opened, setOpened] = useState(() => !isPhone || startsEmpty);
  useFocusReturn({ opened });
  const input = useRef<HTMLTextAreaElement>(null);
  const open = useCallback(() => {
    setOpened(true);
    onOpen();
    requestAnimationFrame(() => input.current?.focus());
  }, [onOpen]);
  useInstructionKeys(canEdit, open);
  return { opened, setOpened, open, input, isPhone };
}
