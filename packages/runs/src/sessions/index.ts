// The processes that have trained a run, one after the other: which of them has it, and whether that lives.
export {
  beginSession,
  type LastKnownState,
  readLiveness,
  SESSIONS_FOLDER,
  type Session,
} from "./session.ts";
