import { defineQuery, defineSignal, type QueryDefinition, type SignalDefinition } from '@temporalio/workflow';
import type { Fact } from '../domain/inside/kernel/fact';

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

/** Every kind of fact that comes from outside of a workflow has one signal of the same name. */
export const signalOf = (kind: string): SignalDefinition<[Letter]> => defineSignal<[Letter]>(kind);

/** An operator has cured a lasting fault: whatever waits for that is tried again at once. */
export const incidentResolved: SignalDefinition<[Letter]> = defineSignal<[Letter]>('incidentResolved');

/** The dossier as the workflow holds it, for operators and checkers; no page or board asks for it. */
export const dossierQuery: QueryDefinition<unknown> = defineQuery<unknown>('dossier');
