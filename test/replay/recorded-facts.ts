import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OrderFact } from '../../domain/inside/fact';
import type { Filing } from '../../domain/inside/filing';

const folder = join(__dirname, 'histories');

interface ScheduledEvent {
  readonly activityTaskScheduledEventAttributes?: {
    readonly activityType: { readonly name: string };
    readonly input: { readonly payloads: readonly { readonly data: string }[] };
  };
}

/** The files of recorded histories whose names end so. */
export const recordings = (ending: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort();

/** The facts that counted in a recorded workflow, as it filed them: together what was filed together. */
export function filingsOf(name: string): readonly (readonly OrderFact[])[] {
  const { events } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
    readonly events: readonly ScheduledEvent[];
  };
  return events.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => {
    if (scheduled?.activityType.name !== 'fileFacts') return [];
    const [payload] = scheduled.input.payloads;
    const filing = JSON.parse(Buffer.from(payload?.data ?? '', 'base64').toString()) as Filing;
    return [filing.facts.flatMap(({ fact, standing }) => (standing === 'applied' ? [fact] : []))];
  });
}

/** The facts that counted in a recorded workflow, in their order. */
export const factsOf = (name: string): readonly OrderFact[] => filingsOf(name).flat();
