import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type Canary, canaryOf } from './canary';
import type { Evidence } from './check/evidence';
import { type Company, startCompany } from './company';
import { readEvidence } from './read/read-evidence';
import { type Report, reportOn } from './report';
import type { SpecialRun } from './special/special-run';
import { playSpecial, specialRunNames } from './special/special-runs';
import type { Violation } from './check/violation';
import { type Clients, openClients, storm } from './storm';

export interface FaultRun {
  readonly seed: number;
  /** Other seeds to play in turn; see the storm. */
  readonly seeds?: readonly number[];
  readonly orders: number;
  readonly kills: number;
  readonly minutes: number;
  /** The special runs to play after the storm, with how big they are. */
  readonly special: SpecialRun['size'] | 'none';
  readonly say: (line: string) => void;
  /** Where the logs and the clients' journal of a run with violations are kept; undefined: nowhere. */
  readonly keepIn?: string;
}

/** A run and what it left: the evidence can be looked at again, with something planted in it. */
export interface FaultResult extends Report {
  readonly evidence: Evidence;
}

/** Founds a company, plays orders while its parts are killed, and checks what is left of it all. */
export async function runFaults(run: FaultRun): Promise<FaultResult> {
  const canary = canaryOf(run.seed);
  run.say(`Seed ${run.seed}: founding a company …`);
  const company = await startCompany(canary);
  const stopping = new AbortController();
  const timer = setTimeout(
    () => stopping.abort(new Error(`not done after ${run.minutes} minutes`)),
    run.minutes * 60_000,
  );
  const clients = openClients(company, run.seed, stopping.signal);
  try {
    const result = await play(run, { company, clients, canary, signal: stopping.signal });
    if (result.violations.length > 0) keep(run, company);
    return result;
  } finally {
    clearTimeout(timer);
    stopping.abort();
    await clients.close().catch(() => undefined);
    await company.stop();
  }
}

/** What a person needs to find out why. */
function keep({ keepIn, seed, say }: FaultRun, { folder }: Company): void {
  if (keepIn === undefined) return;
  const kept = join(keepIn, `seed-${seed}`);
  cpSync(join(folder, 'logs'), kept, { recursive: true });
  cpSync(join(folder, 'journal.jsonl'), join(kept, 'journal.jsonl'));
  say(`Logs and journal are kept in ${kept}.`);
}

interface Surroundings {
  readonly company: Company;
  readonly clients: Clients;
  readonly canary: Canary;
  readonly signal: AbortSignal;
}

async function play(run: FaultRun, { company, clients, canary, signal }: Surroundings): Promise<FaultResult> {
  const { seed, say } = run;
  const stormed = await storm(company, clients, { ...run, canary, signal });
  say(`All clients are done: ${stormed.endings.length} orders, ${stormed.kills} kills.`);
  await company.untilReady();
  const findings: Violation[] = [];
  const { special: size } = run;
  if (size !== 'none')
    for (const name of specialRunNames)
      findings.push(...(await playSpecial(name, { company, clients, canary, seed, say, size })));
  await clients.sender.drained();
  const evidence = await readEvidence(company, {
    seed,
    canary,
    journal: clients.journal,
    endings: stormed.endings,
    say,
  });
  const { figures, violations } = reportOn(evidence, stormed.kills, say);
  for (const { subject, says } of findings) say(`  FAIL ${subject}: ${says}`);
  return { evidence, figures, violations: [...violations, ...findings] };
}
