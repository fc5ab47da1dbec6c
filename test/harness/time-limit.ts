// Real servers on a busy two-core machine: a limit that only something stuck runs into.
jest.setTimeout(60_000);
