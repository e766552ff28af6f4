// For a release: fails where the native engine doesn't serve, since its tests are left out there.
import { nativeSupport } from "@trainscope/engine-native";

const support = nativeSupport();
if (support.available) console.log(`the native engine serves with ${support.allVectors.join(", ")}`);
else {
  console.error(`the native engine can't serve: ${support.reason}`);
  process.exitCode = 1;
}
