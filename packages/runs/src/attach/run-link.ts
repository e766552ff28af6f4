// The connection to the process that trains a run, as it comes and goes, and the control of the run through it.
import type { Control } from "@trainscope/core";
import { connectToRun, type RunConnection } from "./run-client.ts";
import type { RunFeed } from "./run-feed.ts";

export interface RunLink {
  readonly isConnected: boolean;
  readonly mayControl: boolean;
  /** Connects, and takes control where that is wanted. Gives why either can't be had, as a clause. */
  reach(): Promise<string | undefined>;
  request(control: Control): void;
  close(): void;
}

export interface LinkOptions {
  /** Whether to be the one that controls the run. */
  readonly control: boolean;
  /** Gets what the process tells. */
  readonly feed: RunFeed;
  /** Another connection, another control. */
  readonly onChange: () => void;
  /** What the user should know, as a sentence. */
  readonly onNote: (message: string) => void;
}

export function createRunLink(folder: string, { control, feed, onChange, onNote }: LinkOptions): RunLink {
  let connection: RunConnection | undefined;
  let mayControl = false;
  let isLeft = false;

  function onClose(): void {
    feed.leave();
    if (mayControl && feed.end === undefined) {
      onNote("the run can't be controlled any more: the process that trained it is gone");
    }
    connection = undefined;
    mayControl = false;
    onChange();
  }

  return {
    get isConnected() {
      return connection !== undefined;
    },
    get mayControl() {
      return mayControl;
    },
    async reach() {
      const reached = await connectToRun(folder, {
        onOpen: () => feed.join(),
        onEvent: (event) => feed.fromProcess(event),
        onUnread: (reason) => feed.passOver(`of what its process tells, ${reason}`),
        onRefused: (reason) => onNote(`the run has not done what was asked for: ${reason}`),
        onClose,
      });
      if (typeof reached === "string") return reached;
      if (isLeft) reached.close();
      connection = reached;
      const refused = control ? await reached.claim() : undefined;
      mayControl = control && refused === undefined;
      onChange();
      return refused;
    },
    request(asked) {
      if (connection !== undefined && mayControl) connection.send(asked);
      else onNote("nothing was changed: this terminal doesn't control the run");
    },
    close() {
      isLeft = true;
      connection?.close();
    },
  };
}
