import { defineSignal } from '@temporalio/workflow';

/** How many of what a bare workflow has: as many as the product's order. */
export interface Plan {
  readonly messages: number;
  readonly activities: number;
  readonly timers: number;
}

/** The no-op; after a step's last one the driver is told, so that it can send the next message. */
export type Nothing = (after: { readonly step: number; readonly isLast: boolean }) => Promise<void>;

/** What the bare worker tells the driver. */
export interface Told {
  readonly workflowId: string;
  readonly step: number;
}

export const bareQueue = 'bench-bare';
export const messageSignal = defineSignal<[{ readonly id: string }]>('message');
