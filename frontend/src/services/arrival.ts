/** The way to a sign-in provider and back: what the address said meanwhile, and how it ended. */

const KEY = 'collabcanvas.arrival';
const FAILED = 'sign_in_failed';

/** Where the provider's button leads; afterwards the person is back on this page. */
export function addressOfProvider({ pathname, search } = window.location): string {
  return `/api/auth/oidc/start?next=${encodeURIComponent(pathname + search)}`;
}

/** What stands after `#` is a secret that no server may see: it waits here, in this tab. */
export function keepArrival({ pathname, hash } = window.location): void {
  try {
    if (hash) sessionStorage.setItem(KEY, JSON.stringify({ pathname, hash }));
    else sessionStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing asks for the link once more.
  }
}

export function restoreArrival(): void {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as unknown;
    sessionStorage.removeItem(KEY);
    if (!kept || typeof kept !== 'object' || !('pathname' in kept) || !('hash' in kept)) return;
    const { pathname, search, hash } = window.location;
    if (kept.pathname === pathname && !hash) {
      window.history.replaceState(null, '', pathname + search + String(kept.hash));
    }
  } catch {
    // As above.
  }
}

/** Why the provider did not sign the person in, said once: a reload does not repeat it. */
export function takeSignInFailure(): string | null {
  const { pathname, search, hash } = window.location;
  const query = new URLSearchParams(search);
  const reason = query.get(FAILED);
  if (reason === null) return null;
  query.delete(FAILED);
  const rest = query.size > 0 ? `?${query}` : '';
  window.history.replaceState(null, '', pathname + rest + hash);
  return reason;
}
