import fc from 'fast-check';

/** The same cases in every run, so that a change is judged by itself; `TEST_SEED=…` looks elsewhere, `bench/fuzz.mjs` far and wide. */
fc.configureGlobal({ seed: Number(process.env['TEST_SEED'] ?? 20_180_914) });
