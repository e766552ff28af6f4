// The contract suite of formats. It registers vitest tests: call it in a test file.
export { describeFormat, type LogSample } from "./format-contract.ts";
