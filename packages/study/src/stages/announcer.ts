// Puts the header on a study's events.
import { STUDY_EVENT_VERSION, type StudyEvent, type StudyEventBody } from "./events.ts";

/** Tells a study's event; who numbers and stamps it is behind this. */
export type EmitStudyEvent = (body: StudyEventBody) => void;

/** Numbers the events from 0 and stamps them with `now()`, milliseconds since 1970. */
export function createStudyAnnouncer(
  deliver: (event: StudyEvent) => void,
  now: () => number = Date.now,
): EmitStudyEvent {
  let seq = 0;
  return (body) => deliver({ v: STUDY_EVENT_VERSION, seq: seq++, time: now(), ...body });
}
