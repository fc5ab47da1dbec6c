import { defineSignal } from '@temporalio/workflow';

/** How many of what a bare workflow has. */
export interface Plan {
  readonly messages: number;
  readonly activities: number;
  readonly timers: number;
}

/**
 * What an order of the bench had when the goals were set. It is fixed: were it as much as the product's order has now, a
 * product that does with less would shrink its own measure.
 */
export const fixedPlan: Plan = { messages: 13, activities: 20, timers: 8 };

/** The no-op; after a step's last one the driver is told, so that it can send the next message. */
export type Nothing = (after: { readonly step: number; readonly isLast: boolean }) => Promise<void>;

/** What the bare worker tells the driver. */
export interface Told {
  readonly workflowId: string;
  readonly step: number;
}

export const bareQueue = 'bench-bare';
export const messageSignal = defineSignal<[{ readonly id: string }]>('message');
