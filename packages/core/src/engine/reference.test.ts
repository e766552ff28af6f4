import { describeEngine } from "../testing/engine-contract.ts";
import { createReferenceEngine } from "./reference.ts";

describeEngine("reference", createReferenceEngine, { tolerance: 1e-12 });
