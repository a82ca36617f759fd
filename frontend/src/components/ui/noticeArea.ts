/**
 * Where short messages appear. No page waits for it: it is loaded with the first message, and as
 * soon as the page rests, since that message may well be that the server is gone.
 */
import { pause } from './lazyPart';

type Area = typeof import('@mantine/notifications');

let begun = false;
let arrive: (area: Area) => void;

/** Somebody had it loaded. */
export const noticesHere = new Promise<Area>((resolve) => {
  arrive = resolve;
});

async function load(): Promise<void> {
  try {
    arrive(await import('@mantine/notifications'));
  } catch {
    await pause();
    await load();
  }
}

export function noticeArea(): Promise<Area> {
  if (!begun) void load();
  begun = true;
  return noticesHere;
}
