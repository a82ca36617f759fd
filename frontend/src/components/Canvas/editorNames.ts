/** Names for buttons of the editor that have none, or one that hides what is written on them. */
import { t } from '../../i18n';

function nameButtons(root: HTMLElement): void {
  const menu = root.querySelector('.main-menu-trigger');
  menu?.setAttribute('aria-label', t().app.editorMenu);
  const zoom = root.querySelector<HTMLElement>('.reset-zoom-button');
  zoom?.setAttribute('aria-label', `${zoom.textContent}, ${zoom.title}`);
}

/** The editor draws its buttons anew on a phone, and another zoom is another text. */
export function keepButtonsNamed(root: HTMLElement): () => void {
  const observer = new MutationObserver(() => nameButtons(root));
  observer.observe(root, { childList: true, characterData: true, subtree: true });
  nameButtons(root);
  return () => observer.disconnect();
}
