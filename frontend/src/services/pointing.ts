/** Sends to the others where this person points, what they selected and what they see. */
import type { Rectangle } from '../types/ai';
import type { CursorMessage } from '../types/protocol';
import { atMostEvery } from './timers';

const SEND_EVERY_MS = 50;
/** The server shows others no more than these. */
const MOST_SELECTED = 200;

export class Pointing {
  private cursor: Omit<CursorMessage, 'canvas_id'> = { tool: 'pointer', selected: [] };
  private readonly sending: { soon: () => void; stop: () => void };

  constructor(private readonly send: (cursor: Omit<CursorMessage, 'canvas_id'>) => void) {
    this.sending = atMostEvery(SEND_EVERY_MS, () => this.send(this.cursor));
  }

  point(pointer: { x: number; y: number; tool: string }): void {
    this.cursor = { ...this.cursor, x: pointer.x, y: pointer.y, tool: pointer.tool };
    this.sending.soon();
  }

  select(ids: readonly string[]): void {
    this.cursor = { ...this.cursor, selected: ids.slice(0, MOST_SELECTED) };
    this.sending.soon();
  }

  look(view: Rectangle): void {
    this.cursor = { ...this.cursor, view };
    this.sending.soon();
  }

  /** Somebody came who does not know it yet. Nothing to send before there is a view. */
  again(): void {
    if (this.cursor.view) this.sending.soon();
  }

  stop(): void {
    this.sending.stop();
  }
}
