// A panel: a place on the screen, a frame, and a boundary that keeps its failure to itself.
import { Component, memo, type ReactNode, useContext } from "react";
import { failedRows, panelRows } from "../panels/frame.ts";
import type { PanelSpec } from "../panels/panel-spec.ts";
import { sameRect } from "../terminal/surface.ts";
import type { Theme } from "../text/theme.ts";
import { Rows } from "./rows.tsx";
import { SurfaceContext } from "./surface-context.ts";

export interface PanelProps extends PanelSpec {
  readonly theme: Theme;
  /** When it changes, a panel that failed tries again. */
  readonly attempt?: number;
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
  const { rect, theme, layer = 0 } = props;
  return <Rows rows={panelRows(props, theme)} rect={rect} layer={layer} theme={theme} />;
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
  readonly failure: { readonly error: unknown } | undefined;
}

/** Shows "Panel: message" where drawing failed; the other panels live on. */
class PanelBoundary extends Component<PanelProps & { readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { failure: undefined };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { failure: { error } };
  }

  override componentDidUpdate(before: PanelProps): void {
    if (this.state.failure !== undefined && before.attempt !== this.props.attempt) {
      this.setState({ failure: undefined });
    }
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    const { rect, theme, layer = 0 } = this.props;
    const rows = failedRows(this.props, failure.error, theme);
    return <Rows rows={rows} rect={rect} layer={layer} theme={theme} />;
  }
}
