// With these headers a page may share memory between threads: https://developer.mozilla.org/docs/Web/API/Window/crossOriginIsolated
import { defineConfig } from "vite";

const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig(({ mode }) => {
  const headers = mode === "plain" ? {} : isolation;
  return { server: { headers }, preview: { headers } };
});
