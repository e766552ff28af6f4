// Which poses and scenes each class has. A scene that is listed twice is twice as likely.
import * as hoofed from "./hoofed.ts";
import type { Drawing } from "./pen.ts";
import * as pets from "./pets.ts";
import { forest, meadow, pond, room, type Scene, sea, sky, street } from "./scenes.ts";
import * as vehicles from "./vehicles.ts";
import * as wildlife from "./wildlife.ts";

export interface Subject {
  readonly drawings: readonly [Drawing, ...Drawing[]];
  readonly scenes: readonly [Scene, ...Scene[]];
  /** Largest turn to either side, in radians. */
  readonly turn: number;
}

/** In the order of `CLASS_NAMES`. */
export const SUBJECTS: readonly Subject[] = [
  {
    drawings: [vehicles.airplaneFromTheSide, vehicles.airplaneFromBelow],
    scenes: [sky, sky, sky, sea, street, meadow],
    turn: 0.5,
  },
  {
    drawings: [vehicles.automobileFromTheSide, vehicles.automobileFromTheSide, vehicles.automobileFromTheFront],
    scenes: [street, street, street, meadow, forest, sea],
    turn: 0.1,
  },
  {
    drawings: [wildlife.birdOnItsFeet, wildlife.birdInFlight],
    scenes: [sky, sky, forest, meadow, pond, sea],
    turn: 0.35,
  },
  {
    drawings: [pets.catSitting, pets.catWalking],
    scenes: [room, room, room, meadow, street, pond],
    turn: 0.15,
  },
  {
    drawings: [hoofed.deerStanding, hoofed.deerStanding, hoofed.deerFacing],
    scenes: [forest, forest, meadow, meadow, pond, sky],
    turn: 0.12,
  },
  {
    drawings: [pets.dogStanding, pets.dogFacing],
    scenes: [room, room, meadow, meadow, street, forest],
    turn: 0.15,
  },
  {
    drawings: [wildlife.frogFacing, wildlife.frogFromTheSide],
    scenes: [pond, pond, pond, forest, meadow, room],
    turn: 0.2,
  },
  {
    drawings: [hoofed.horseStanding, hoofed.horseStanding, hoofed.horseHead],
    scenes: [meadow, meadow, meadow, forest, street, sky],
    turn: 0.12,
  },
  {
    drawings: [vehicles.shipWithFunnels, vehicles.shipWithSails],
    scenes: [sea, sea, sea, sea, sky, street],
    turn: 0.12,
  },
  {
    drawings: [vehicles.lorry, vehicles.lorry, vehicles.truckFromTheFront],
    scenes: [street, street, street, meadow, room, sky],
    turn: 0.1,
  },
];
