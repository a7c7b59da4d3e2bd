#!/usr/bin/env -S node --max-semi-space-size=8
// A small young generation: by default it grows with the machine, and with it the resident memory under load, by 100 MB.
import '../dist/commands/main.js';
