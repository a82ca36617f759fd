/** A button with a menu that is loaded when somebody is about to open it: most never do. */
import { cloneElement, useState, type ComponentType, type MouseEvent } from 'react';
import { t } from '../../i18n';
import type { MenuProps } from './OpenedMenu';
import { notifyError } from './notices';
import { loadAtRest } from './restLoading';

const load = () => import('./OpenedMenu');
/** Loads the menu when somebody points at its button or reaches it by key: nobody waits for it then. */
const begin = () => void load().catch(() => undefined);
loadAtRest(begin);

export function LazyMenu({ target, ...menu }: MenuProps) {
  const [Loaded, setLoaded] = useState<ComponentType<MenuProps> | null>(null);
  if (Loaded) return <Loaded target={target} {...menu} />;
  return cloneElement(target, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: begin,
    onFocus: begin,
    onClick: ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
      // Some browsers give a pressed button no focus; the menu's is to come back to it.
      currentTarget.focus();
      load()
        .then((part) => setLoaded(() => part.default))
        .catch(() => notifyError(t().app.partMissing));
    },
  });
}
