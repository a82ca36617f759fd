// The Node peers of the real-time part: `node servers.mjs socketio|excalidraw-room|hocuspocus PORT`.
// They relay and store nothing, as they do by default.
import { Server as Hocuspocus } from '@hocuspocus/server';
import { Server as SocketServer } from 'socket.io';

/** Socket.IO as its documentation shows a room: everybody but the sender gets what was sent. */
function socketio(port) {
  const io = new SocketServer(port, { transports: ['websocket'] });
  io.on('connection', (socket) => {
    socket.on('join', (room, joined) => {
      socket.join(room);
      joined();
    });
    socket.on('update', (room, element) => socket.to(room).emit('update', element));
  });
}

/**
 * excalidraw-room is not on npm. This does what the published one does with a scene update: relay
 * two opaque buffers, the encrypted scene and its nonce, to the others in the room.
 */
function excalidrawRoom(port) {
  const io = new SocketServer(port, { transports: ['websocket', 'polling'], allowEIO3: true });
  io.on('connection', (socket) => {
    socket.on('join-room', async (room) => {
      await socket.join(room);
      const present = await io.in(room).fetchSockets();
      io.in(room).emit(
        'room-user-change',
        present.map((one) => one.id),
      );
    });
    socket.on('server-broadcast', (room, scene, nonce) => {
      socket.broadcast.to(room).emit('client-broadcast', scene, nonce);
    });
  });
}

function hocuspocus(port) {
  return new Hocuspocus({ port, address: '127.0.0.1', quiet: true }).listen();
}

const [name, port] = process.argv.slice(2);
await { socketio, 'excalidraw-room': excalidrawRoom, hocuspocus }[name](Number(port));
