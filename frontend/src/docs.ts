/** The interactive documentation of the API, from our own origin, in light and dark, with the
 * names that its fields lack for who does not see them. */
import 'rapidoc';
import './docs.css';
import { loadConfig } from './services/authService';

const FIELDS = 'input, textarea, select';
const REPAIRED = 'aria-label';

function nameOf(field: Element): string {
  const name = field.getAttribute('data-pname') ?? field.getAttribute('placeholder');
  if (name) return name;
  if (field instanceof HTMLSelectElement) return 'Content type or example';
  return field instanceof HTMLTextAreaElement ? 'Body of the request' : 'Value';
}

/** Names what is there and what comes later, in nested shadow trees too. */
function watch(root: ParentNode): void {
  repairTokens(root);
  for (const field of root.querySelectorAll(FIELDS)) {
    if (!field.hasAttribute(REPAIRED)) field.setAttribute(REPAIRED, nameOf(field));
  }
  for (const { shadowRoot } of root.querySelectorAll('*')) {
    if (shadowRoot && !watched.has(shadowRoot)) observe(shadowRoot);
  }
}

const watched = new WeakSet<ShadowRoot>();

function observe(root: ShadowRoot): void {
  watched.add(root);
  new MutationObserver(() => watch(root)).observe(root, { childList: true, subtree: true });
  watch(root);
}

/** A person who is signed in needs no token here: says so where the page only knows of tokens. */
async function showWhoAsks(page: Element): Promise<void> {
  const { user } = await loadConfig();
  const note = document.createElement('p');
  note.slot = 'auth';
  note.textContent = user
    ? `You are signed in as ${user.name}: what you try on this page is done as you, without a token.`
    : 'Nobody is signed in: sign in on the main page, or set a token above, to try requests.';
  page.append(note);
  if (user) page.setAttribute('data-user', user.name);
}

const NO_TOKEN = '(None Applied)';

function repairTokens(root: ParentNode): void {
  const name = document.querySelector('rapi-doc')?.getAttribute('data-user');
  if (!name) return;
  for (const span of root.querySelectorAll<HTMLElement>('.gray-text > span')) {
    if (span.textContent !== NO_TOKEN) continue;
    span.textContent = `(as ${name}, by cookie)`;
    span.style.color = 'inherit';
  }
}

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const chosen = document.documentElement.getAttribute('data-mantine-color-scheme');

void customElements.whenDefined('rapi-doc').then(() => {
  const page = document.querySelector('rapi-doc');
  const isDark = chosen ? chosen === 'dark' : dark.matches;
  page?.setAttribute('theme', isDark ? 'dark' : 'light');
  if (isDark) page?.setAttribute('primary-color', '#91a7ff');
  if (!page) return;
  // A failure costs the note alone.
  void showWhoAsks(page)
    .catch(() => undefined)
    .finally(() => page.shadowRoot && observe(page.shadowRoot));
});
