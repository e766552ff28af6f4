// A panel: a place on the screen, a frame, and a boundary that keeps its failure to itself.
import { Box } from "ink";
import { Component, type ReactNode } from "react";
import { clean } from "../../text/width.ts";
import type { Rect } from "../layout.ts";
import { frameRows, type Heading, headRows, innerSize } from "../panels/frame.ts";
import { fitRows, type Row, run } from "../text/rows.ts";
import { COLORS, type Theme } from "../theme.ts";
import { Rows } from "./rows.tsx";

interface PanelProps {
  /** Named in its stead should it fail. */
  readonly name: string;
  readonly rect: Rect;
  readonly theme: Theme;
  readonly framed?: boolean;
  readonly heading?: (() => Heading) | undefined;
  /** Called while rendering, with the size inside the frame. */
  readonly draw: (width: number, height: number) => readonly Row[];
  /** When it changes, a panel that failed tries again. */
  readonly attempt?: number;
}

/** Draws rows at exactly its rectangle. */
export function Panel(props: PanelProps): ReactNode {
  const { left, top, width, height } = props.rect;
  return (
    <Box position="absolute" left={left} top={top} width={width} height={height}>
      <PanelBoundary {...props}>
        <PanelBody {...props} />
      </PanelBoundary>
    </Box>
  );
}

function PanelBody({ rect, theme, framed = false, heading, draw }: PanelProps): ReactNode {
  const { width, height } = rect;
  const head = heading?.();
  let rows: readonly Row[];
  if (framed) rows = frameRows(draw(...innerSize(width, height)), head ?? { title: "" }, width, height, theme);
  else if (head) rows = headRows(draw(width - 1, height - 1), head, width, height, theme);
  else rows = fitRows(draw(width, height), width, height, theme.glyphs.ellipsis);
  return <Rows rows={rows} theme={theme} />;
}

interface BoundaryState {
  readonly failure: string | undefined;
}

/** Shows "Panel: message" where drawing failed; the other panels live on. */
class PanelBoundary extends Component<PanelProps & { readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { failure: undefined };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override componentDidUpdate(before: PanelProps): void {
    if (this.state.failure !== undefined && before.attempt !== this.props.attempt) {
      this.setState({ failure: undefined });
    }
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    const { name, rect, theme, framed } = this.props;
    const message = [run(`${name}: ${clean(failure)}`, { color: COLORS.bad })];
    const rows = framed
      ? frameRows([message], { title: name }, rect.width, rect.height, theme)
      : fitRows([message], rect.width, rect.height, theme.glyphs.ellipsis);
    return <Rows rows={rows} theme={theme} />;
  }
}
