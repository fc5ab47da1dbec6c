import { defineQuery, defineSignal, type QueryDefinition, type SignalDefinition } from '@temporalio/workflow';
import type { Fact } from '../domain/inside/kernel/fact';
import { processes, type ProcessName } from '../domain/inside/processes';

/** What a workflow starts with: the number of what it is about, and the fact that opens its dossier. */
export interface Opening {
  readonly no: string;
  readonly first: Fact;
}

/**
 * What every signal of ours carries: the workflow that it is for, and what it tells. What was meant for one workflow says
 * nothing to another (X7).
 */
export interface Letter<Told = unknown> {
  readonly to: string;
  readonly told: Told;
}

export const letterTo = <Told>(to: string, told: Told): Letter<Told> => ({ to, told });

/** The kinds of facts that people and systems outside tell each process: each has a route of its own. */
export const messageKinds: Readonly<Record<ProcessName, readonly string[]>> = {
  order: toldAtTheDoor('order'),
  shipment: toldAtTheDoor('shipment'),
  collection: toldAtTheDoor('collection'),
};

function toldAtTheDoor(name: ProcessName): readonly string[] {
  return [...processes[name].sources].flatMap(([kind, source]) => (source === 'door' ? [kind] : []));
}

/** An operator has cured a lasting fault: whatever waits for that is tried again at once. */
export const incidentResolved: SignalDefinition<[Letter]> = defineSignal<[Letter]>('incidentResolved');

/** The dossier as the workflow holds it, for operators and checkers; no page or board asks for it. */
export const dossierQuery: QueryDefinition<unknown> = defineQuery<unknown>('dossier');
