// What comes through a pipe as entries: what format it has is decided by its beginning, and once more while that grows.
import {
  type Entry,
  type Format,
  HEAD_LENGTH,
  type Reader,
  type ReaderOptions,
  recogniseFormat,
  unreadFormat,
} from "@trainscope/formats";
import type { EntryReceiver } from "./entry-receiver.ts";

export class EntryStream {
  private readonly options: ReaderOptions;
  private readonly receiver: EntryReceiver;
  private format: Format | undefined;
  private reader: Reader | undefined;
  /** The first bytes, until they show no more than is known. */
  private head: Uint8Array | undefined;
  /** How many of them were looked at last. */
  private looked = 0;

  /** `format`: where it isn't to be recognised. */
  constructor(format: Format | undefined, options: ReaderOptions, receiver: EntryReceiver) {
    this.format = format;
    this.options = options;
    this.receiver = receiver;
    this.reader = format?.create(options);
    this.head = format === undefined ? new Uint8Array(0) : undefined;
  }

  /** Throws `BAD_OPTION` where no format takes them. */
  push(bytes: Uint8Array): void {
    const { head } = this;
    if (head !== undefined) this.head = Buffer.concat([head, bytes]);
    if (this.reader !== undefined) this.tell(this.reader.push(bytes));
    if (this.head !== undefined && this.isDue(this.head)) this.recognise(this.head);
  }

  /** Nothing has come for a while. */
  settle(): void {
    if (this.head !== undefined && this.head.length > this.looked) this.recognise(this.head);
    this.tell(this.reader?.settle?.() ?? []);
  }

  end(): void {
    if (this.head !== undefined && this.head.length > this.looked) this.recognise(this.head);
    if (this.reader !== undefined) this.tell(this.reader.end());
  }

  /** One line tells little: it is looked at again with each that follows, and then whenever there is twice as much. */
  private isDue({ length }: Uint8Array): boolean {
    if (length >= HEAD_LENGTH) return true;
    if (this.looked === 0) return this.head?.includes(LINE_FEED) === true;
    return length < FEW_LINES ? length > this.looked : length >= 2 * this.looked;
  }

  private recognise(head: Uint8Array): void {
    this.looked = head.length;
    if (head.length >= HEAD_LENGTH) this.head = undefined;
    const format = recogniseFormat(head.subarray(0, HEAD_LENGTH));
    if (format === undefined) throw unreadFormat("what is piped in", head);
    const isAlike = format.create === this.format?.create;
    this.format = format;
    if (isAlike) return;
    if (this.reader !== undefined) this.receiver.restart(`it is read as ${format.name} from its beginning`);
    this.reader = format.create(this.options);
    this.tell(this.reader.push(head));
  }

  private tell(entries: readonly Entry[]): void {
    if (entries.length > 0) this.receiver.entries(entries);
  }
}

const FEW_LINES = 2048;
const LINE_FEED = 0x0a;
