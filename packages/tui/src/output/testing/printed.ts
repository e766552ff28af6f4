// What is printed on stdout meanwhile, as it would come there.
import { vi } from "vitest";

export async function printedBy(act: () => Promise<void> | void): Promise<string> {
  let text = "";
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((more) => {
    text += more;
    return true;
  });
  try {
    await act();
  } finally {
    spy.mockRestore();
  }
  return text;
}
