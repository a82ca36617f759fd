/** Other people's cursors and selections in the form the editor shows them. */
import type { Collaborator, SocketId } from '@excalidraw/excalidraw/types';
import type { Cursor, PresentMember } from '../../types/protocol';

export type CursorMap = ReadonlyMap<string, Cursor>;

export function mergeCursors(
  before: CursorMap,
  news: Record<string, Cursor>,
  ownSocket: string | undefined,
): CursorMap {
  const others = Object.entries(news).filter(([socketId]) => socketId !== ownSocket);
  // The editor draws everything anew for a map that is not the one it has.
  return others.length > 0 ? new Map([...before, ...others]) : before;
}

/** Cursors of sockets that are still here. */
export function withoutGone(cursors: CursorMap, members: readonly PresentMember[]): CursorMap {
  const present = new Set(members.flatMap((member) => member.sockets ?? []));
  if ([...cursors.keys()].every((socketId) => present.has(socketId))) return cursors;
  return new Map([...cursors].filter(([socketId]) => present.has(socketId)));
}

function pointerOf({ x, y, tool }: Cursor): Pick<Collaborator, 'pointer'> {
  if (x === undefined || y === undefined) return {};
  return { pointer: { x, y, tool: tool === 'laser' ? 'laser' : 'pointer' } };
}

export function toCollaborators(cursors: CursorMap): Map<SocketId, Collaborator> {
  const collaborators = new Map<SocketId, Collaborator>();
  for (const [socketId, cursor] of cursors) {
    collaborators.set(socketId as SocketId, {
      id: cursor.user_id,
      socketId: socketId as SocketId,
      username: cursor.name ?? null,
      ...pointerOf(cursor),
      selectedElementIds: Object.fromEntries(
        (cursor.selected ?? []).map((id) => [id, true as const]),
      ),
    });
  }
  return collaborators;
}
