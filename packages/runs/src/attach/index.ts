export { type AttachedRun, attachToRun, type Outcome } from "./attached-run.ts";
export { openOwnedSocket } from "./owned-socket.ts";
export { SOCKET_FILE } from "./protocol.ts";
export { serveRun } from "./run-server.ts";
export { toldOnce } from "./told-once.ts";
