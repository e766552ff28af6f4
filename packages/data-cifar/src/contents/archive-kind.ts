// Which archive bytes begin as.

export type ArchiveKind = "gz" | "tar";

/** So many bytes tell it. */
export const ARCHIVE_HEAD = 512;

export function archiveKindOf(bytes: Uint8Array): ArchiveKind | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "gz";
  return Buffer.from(bytes.subarray(257, 262)).toString("latin1") === "ustar" ? "tar" : undefined;
}
