// Event files of TensorBoard as bytes, there and back. Neither TensorFlow nor a file system is needed.
import { decodeEvent, type PluginNames } from "./decode-event.ts";
import { encodeEvent, encodeFileVersion } from "./encode-event.ts";
import type { TensorBoardEvent } from "./event.ts";
import { frameRecord, RecordReader } from "./records.ts";
import { ScalarReader } from "./scalar-reader.ts";

/** What stands at the head of each file; `wallTime` in seconds since 1970. */
export function fileHeader(wallTime: number): Uint8Array {
  return frameRecord(encodeFileVersion(wallTime));
}

/** An event as it is appended to a file. Throws `RangeError` where its step is no whole number. */
export function eventRecord(event: TensorBoardEvent): Uint8Array {
  return frameRecord(encodeEvent(event));
}

/** The name by which TensorBoard finds a file. `wallTime` in seconds since 1970. */
export function eventFileName(wallTime: number, host = "localhost"): string {
  return `events.out.tfevents.${Math.floor(wallTime)}.${host}`;
}

/** Who is told what a file of TensorBoard's holds, as it is read. */
export interface EventReceiver {
  event(event: TensorBoardEvent): void;
  /** An event of one scalar, as most are, where that is wanted without an object; `wallTime` in seconds. */
  scalar?(tag: string, step: number, value: number, wallTime: number): void;
  /** Bytes that can't be read, and why as a clause. What comes after them is read again. */
  damaged(from: number, to: number, reason: string): void;
}

/** Reads an event file that comes in pieces of any size. */
export class EventFileReader {
  private readonly records: RecordReader;
  private readonly plugins: PluginNames = new Map();
  private readonly scalars = new ScalarReader();

  constructor(receiver: EventReceiver) {
    this.records = new RecordReader({
      record: (bytes, from, to, at) => {
        const { scalars } = this;
        if (receiver.scalar !== undefined && scalars.read(bytes, from, to)) {
          receiver.scalar(scalars.tag, scalars.step, scalars.value, scalars.wallTime);
          return;
        }
        try {
          receiver.event(decodeEvent(bytes.subarray(from, to), this.plugins));
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          receiver.damaged(at, at + to - from, error.message);
        }
      },
      damaged: (from, to) => receiver.damaged(from, to, "their checksum is wrong"),
    });
  }

  push(bytes: Uint8Array): void {
    this.records.push(bytes);
  }

  /** Gives whether the last record was broken off, as in a file that is being written. */
  end(): boolean {
    return this.records.end();
  }
}
