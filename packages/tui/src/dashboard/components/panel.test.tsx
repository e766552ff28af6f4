import { Box } from "ink";
import { render } from "ink-testing-library";
import type { ComponentProps, ReactNode } from "react";
import { describe, expect, it, vi } from "vitest";
import { run } from "../text/rows.ts";
import { createTheme } from "../theme.ts";
import { Panel } from "./panel.tsx";

const theme = createTheme({ color: false, ascii: false });
const place = {
  rect: { left: 0, top: 0, width: 30, height: 4 },
  theme,
  framed: true,
  heading: () => ({ title: "Trial" }),
};

/** A panel alone on a screen of its size. */
function Trial(props: Pick<ComponentProps<typeof Panel>, "draw" | "attempt">): ReactNode {
  return (
    <Box width={30} height={4}>
      <Panel name="Trial" {...place} {...props} />
    </Box>
  );
}

describe("Panel", () => {
  it("draws its frame, title and rows at exactly its size", () => {
    const { lastFrame, unmount } = render(<Trial draw={() => [[run("a row")]]} />);
    expect(`\n${lastFrame()}\n`).toMatchInlineSnapshot(`
      "
      ╭─ Trial ────────────────────╮
      │ a row                      │
      │                            │
      ╰────────────────────────────╯
      "
    `);
    unmount();
  });

  it("cuts rows that are too long and drops those that are too many", () => {
    const long = Array.from({ length: 9 }, (_, index) => [run(`row ${index} `.repeat(20))]);
    const { lastFrame, unmount } = render(<Trial draw={() => long} />);
    expect(`\n${lastFrame()}\n`).toMatchInlineSnapshot(`
      "
      ╭─ Trial ────────────────────╮
      │ row 0 row 0 row 0 row 0 r… │
      │ row 1 row 1 row 1 row 1 r… │
      ╰────────────────────────────╯
      "
    `);
    unmount();
  });

  it("shows its name and the message where drawing fails, and recovers with the next attempt", async () => {
    const failing = (): never => {
      throw new Error("no paper\nleft");
    };
    const { lastFrame, rerender, unmount } = render(<Trial attempt={1} draw={failing} />);
    await vi.waitFor(() => expect(lastFrame()).toContain("Trial: no paper left"));
    rerender(<Trial attempt={1} draw={() => [[run("fine")]]} />);
    expect(lastFrame()).toContain("no paper");
    rerender(<Trial attempt={2} draw={() => [[run("fine")]]} />);
    await vi.waitFor(() => expect(lastFrame()).toContain("fine"));
    unmount();
  });
});
