// A panel: a place on the screen, a frame, and a boundary that keeps its failure to itself.
import { Component, memo, type ReactNode, useContext } from "react";
import { clean } from "../../text/width.ts";
import { frameRows, type Heading, headRows, innerSize } from "../panels/frame.ts";
import type { PanelSpec } from "../tabs/tab.ts";
import { sameRect } from "../terminal/surface.ts";
import { fitRows, type Row, run } from "../text/rows.ts";
import { COLORS, type Theme } from "../theme.ts";
import { Rows } from "./rows.tsx";
import { SurfaceContext } from "./surface-context.ts";

export interface PanelProps extends Omit<PanelSpec, "heading"> {
  readonly heading?: (() => Heading) | undefined;
  readonly theme: Theme;
  /** When it changes, a panel that failed tries again. */
  readonly attempt?: number;
  /** What lies higher covers what lies lower: 0, the screen itself, where it is left out. */
  readonly layer?: number;
}

/** Draws rows at exactly its rectangle. */
export function Panel(props: PanelProps): ReactNode {
  useContext(SurfaceContext)?.begin();
  return (
    <PanelBoundary {...props}>
      <PanelBody {...props} />
    </PanelBoundary>
  );
}

const PanelBody = memo(function PanelBody(props: PanelProps): ReactNode {
  const { rect, theme, framed = false, heading, draw, layer = 0 } = props;
  const { width, height } = rect;
  const head = heading?.();
  let rows: readonly Row[];
  if (framed) rows = frameRows(draw(...innerSize(width, height)), head ?? { title: "" }, width, height, theme);
  else if (head) rows = headRows(draw(width - 1, height - 1), head, width, height, theme);
  else rows = fitRows(draw(width, height), width, height, theme.glyphs.ellipsis);
  return <Rows rows={rows} rect={rect} layer={layer} theme={theme} />;
}, isAsBefore);

/** Whether what it says it depends on, and its place and looks, are the same. */
function isAsBefore(before: PanelProps, after: PanelProps): boolean {
  const { depends, rect, theme, framed, layer } = after;
  if (depends === undefined || before.depends?.length !== depends.length) return false;
  return (
    depends.every((value, index) => Object.is(value, before.depends?.[index])) &&
    sameRect(before.rect, rect) &&
    before.theme === theme &&
    before.framed === framed &&
    before.layer === layer
  );
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
    const { name, rect, theme, framed, layer = 0 } = this.props;
    const message = [run(`${name}: ${clean(failure)}`, { color: COLORS.bad })];
    const rows = framed
      ? frameRows([message], { title: name }, rect.width, rect.height, theme)
      : fitRows([message], rect.width, rect.height, theme.glyphs.ellipsis);
    return <Rows rows={rows} rect={rect} layer={layer} theme={theme} />;
  }
}
