import fc from "fast-check";

// A failure is the same for everyone who runs the tests. FC_SEED tries other cases.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 1) });
