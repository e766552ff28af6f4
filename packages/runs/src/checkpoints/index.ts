// A run's checkpoints: what has been written of them, and what writes them.
export { createCheckpointStore } from "./checkpoint-store.ts";
export {
  listCheckpoints,
  readCheckpoint,
  type StoredCheckpoint,
  setAsideLater,
  UNUSED,
} from "./checkpoints.ts";
