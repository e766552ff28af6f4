export { createPlugin, type Outcome } from "./create-plugin.ts";
export { type ProjectOptions, projectFiles } from "./project-files.ts";
export { PLUGIN_KINDS, type PluginCode, type PluginKind, pluginCode } from "./templates.ts";
