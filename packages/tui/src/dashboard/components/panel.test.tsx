import { Box } from "ink";
import { render } from "ink-testing-library";
import type { ComponentProps, ReactNode } from "react";
import { describe, expect, it, vi } from "vitest";
import { Surface } from "../terminal/surface.ts";
import { plainText, run } from "../text/rows.ts";
import { createTheme } from "../text/theme.ts";
import { Panel } from "./panel.tsx";
import { SurfaceContext } from "./surface-context.ts";

const theme = createTheme({ color: false, ascii: false });
const place = {
  rect: { left: 0, top: 0, width: 30, height: 4 },
  theme,
  framed: true,
  heading: () => ({ title: "Trial" }),
};

/** A panel alone on a screen of its size. */
function Trial(props: Pick<ComponentProps<typeof Panel>, "draw" | "attempt" | "depends">): ReactNode {
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
    await vi.waitFor(() => expect(lastFrame()).toContain("Trial: no paper "));
    rerender(<Trial attempt={1} draw={() => [[run("fine")]]} />);
    expect(lastFrame()).toContain("no paper");
    rerender(<Trial attempt={2} draw={() => [[run("fine")]]} />);
    await vi.waitFor(() => expect(lastFrame()).toContain("fine"));
    unmount();
  });

  it("draws again only where what it depends on has changed", () => {
    const draw = vi.fn(() => [[run("a row")]]);
    const { rerender, unmount } = render(<Trial depends={[1, Number.NaN]} draw={draw} />);
    rerender(<Trial depends={[1, Number.NaN]} draw={draw} />);
    expect(draw).toHaveBeenCalledTimes(1);
    rerender(<Trial depends={[2, Number.NaN]} draw={draw} />);
    expect(draw).toHaveBeenCalledTimes(2);
    rerender(<Trial draw={draw} />);
    rerender(<Trial draw={draw} />);
    expect(draw).toHaveBeenCalledTimes(4);
    unmount();
  });

  it("is placed on the surface where there is one, at its layer, until it is gone", () => {
    const screen = { columns: 30, rows: 4, write: () => true, once: () => {} };
    const surface = new Surface({ screen, theme });
    const { lastFrame, unmount } = render(
      <SurfaceContext value={surface}>
        <Panel name="Trial" {...place} layer={1} draw={() => [[run("a row")]]} />
      </SurfaceContext>,
    );
    expect(lastFrame()).toBe("");
    expect(surface.panels().map(({ layer, rect }) => [layer, rect])).toEqual([[1, place.rect]]);
    const [first] = surface.panels();
    expect(plainText(first?.rows[1] ?? [])).toBe("│ a row                      │");
    unmount();
    expect(surface.panels()).toEqual([]);
  });
});
