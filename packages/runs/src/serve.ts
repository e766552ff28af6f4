// The side of a run that others watch, without what watches: a process that trains has no need of that.
export { openOwnedSocket } from "./attach/owned-socket.ts";
export { SOCKET_FILE } from "./attach/protocol.ts";
export { serveRun } from "./attach/run-server.ts";
