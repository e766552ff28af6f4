// The hyperparameters of a session, as tensorboard/plugins/hparams/plugin_data.proto describes them.
import { MessageReader } from "../protobuf/message-reader.ts";
import type { TensorBoardValue } from "./event.ts";

const PLUGIN_DATA = { sessionStart: 3 } as const;
const SESSION_START = { hparams: 1 } as const;
const ENTRY = { key: 1, value: 2 } as const;
const VALUE = { number: 2, string: 3, bool: 4 } as const;

type Hparam = string | number | boolean | null;

/** `undefined` where the content is about something else than a session's start. */
export function decodeHparams(content: Uint8Array): TensorBoardValue | undefined {
  const entries: [string, Hparam][] = [];
  const message = new MessageReader(content);
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === PLUGIN_DATA.sessionStart) entries.push(...decodeSession(message.message()));
    else message.skip();
  }
  return entries.length === 0 ? undefined : { kind: "hparams", values: Object.fromEntries(entries) };
}

function decodeSession(message: MessageReader): [string, Hparam][] {
  const entries: [string, Hparam][] = [];
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === SESSION_START.hparams) entries.push(decodeEntry(message.message()));
    else message.skip();
  }
  return entries;
}

function decodeEntry(message: MessageReader): [string, Hparam] {
  let key = "";
  let value: Hparam = null;
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === ENTRY.key) key = message.string();
    else if (field === ENTRY.value) value = decodeValue(message.message());
    else message.skip();
  }
  return [key, value];
}

/** google.protobuf.Value. */
function decodeValue(message: MessageReader): Hparam {
  let value: Hparam = null;
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === VALUE.number) value = message.double();
    else if (field === VALUE.string) value = message.string();
    else if (field === VALUE.bool) value = message.varint() !== 0;
    else message.skip();
  }
  return value;
}
