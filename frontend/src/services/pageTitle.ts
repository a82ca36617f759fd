/** The title of the browser's tab: where one is, and how many notices wait while it is hidden. */
const PRODUCT = 'CollabCanvas';
let place: string | null = null;
let waiting = 0;

function write(): void {
  const title = place === null ? PRODUCT : `${place} - ${PRODUCT}`;
  document.title = waiting > 0 ? `(${waiting}) ${title}` : title;
}

/** `null`: nowhere in particular. */
export function nameTab(name: string | null): void {
  place = name;
  write();
}

export function countWaiting(count: number): void {
  waiting = count;
  write();
}
