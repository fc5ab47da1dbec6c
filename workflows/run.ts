import type { Base } from '../domain/inside/kernel/dossier';
import { newestReceived } from '../domain/inside/kernel/received-ids';
import { nextAlarm } from '../domain/inside/kernel/worklist/worklist';
import { begin, guardAgainstSpinning, isHeld, noteDue, performable, releaseBroken, takeAnswer } from './effects';
import { fileWhatIsNew } from './file-what-is-new';
import { mayTakeInput, takeInput } from './inputs';
import { noteOwn, openIncident, type Run } from './run-state';

/**
 * The one loop, for every process: it goes on until the dossier says `reached`, or the process is over.
 *
 * Each turn does the first of these that there is to do, and begins again: what the last input leads to by itself is opened
 * and noted; the milestone; the answers of effects; effects whose gate is open, after what led to them is filed; one input
 * of the queue; filing; a rung that is due; waiting. So all that an input leads to, its effects too, stands before the next
 * input is judged, and the facts depend on the order of the inputs alone, not on how tasks bundled them (X8).
 */
export async function until<D extends Base>(run: Run<D>, reached: (dossier: D) => boolean): Promise<void> {
  for (;;) {
    settle(run);
    if (reached(run.dossier) || run.process.isOver(run.dossier)) return;
    if (takeOldestAnswer(run)) continue;
    if (await performWhatIsDue(run)) continue;
    if (run.unfiled.length < mostUnfiled) {
      if (takeInput(run)) continue;
      run.hearsFirst = false;
      if (ring(run)) continue;
    }
    if (run.unfiled.length > 0) await fileWhatIsNew(run);
    else if (mayBeHandedOn(run)) await handOn(run);
    else await somethingToHappen(run);
  }
}

/**
 * The last thing of a process that is over: it drains the queue before its last filing, so that what came in time is filed
 * as ignored and not lost, and waits for what is still under way.
 */
export async function end<D extends Base>(run: Run<D>): Promise<void> {
  const isQuiet = (): boolean => run.underWay.size === 0 && run.opening === 0;
  for (;;) {
    if (takeOldestAnswer(run) || takeInput(run)) continue;
    if (run.unfiled.length > 0) await fileWhatIsNew(run);
    else if (isQuiet()) break;
    else await run.world.wait(() => isQuiet() || mayTakeInput(run));
  }
  run.alarm?.stop();
  run.alarm = undefined;
  show(run);
}

/** After so many facts the loop files before it hears more: a burst of hundreds of messages is no task of seconds. */
const mostUnfiled = 64;

/** More own facts than this without a pause are no story any more, but a rule that never comes to rest. */
const mostSteps = 500;

/** Opens what is called for and notes what the process says by itself, until neither is left. */
function settle<D extends Base>(run: Run<D>): void {
  for (;;) {
    if (run.steps > mostSteps) return neverRests(run);
    const missing = run.process.missing(run.dossier, run.dossier.at);
    for (const body of missing) noteOwn(run, body);
    if (missing.length > 0) continue;
    const note = noteDue(run);
    if (note === undefined) return;
    noteOwn(run, note.fact);
    guardAgainstSpinning(run, note.key);
  }
}

function neverRests<D extends Base>(run: Run<D>): void {
  const { no, seq, version } = run.dossier;
  if (run.steps === Number.POSITIVE_INFINITY) return;
  run.steps = Number.POSITIVE_INFINITY;
  const detail = `${no} noted more than ${mostSteps} facts of its own in a row, up to version ${version}`;
  openIncident(run, { of: `never_rests:${seq}`, kind: 'process_never_rests', detail });
}

/** The answers of effects that were begun together are taken when all have come, in the order in which they were begun. */
function takeOldestAnswer<D extends Base>(run: Run<D>): boolean {
  if (isHeld(run)) return false;
  const [oldest] = run.answers.toSorted((one, other) => one.serial - other.serial);
  if (oldest === undefined) return false;
  run.answers.splice(run.answers.indexOf(oldest), 1);
  run.steps = 0;
  takeAnswer(run, oldest);
  return true;
}

/** Files what led to the effects first; then looks at their gates again and begins them, with no pause in between. */
async function performWhatIsDue<D extends Base>(run: Run<D>): Promise<boolean> {
  if (run.hearsFirst && mayTakeInput(run)) return false;
  const effects = performable(run);
  if (effects.length === 0) return false;
  if (run.unfiled.length > 0) await fileWhatIsNew(run);
  else for (const effect of effects) begin(run, effect);
  return true;
}

/**
 * Notes a rung that is due by the clock, which facts are timed by only here: when every input is heard and filed. What
 * another rung that is due at the same time does is filed with it.
 */
function ring<D extends Base>(run: Run<D>): boolean {
  const mayRing = !isHeld(run) && run.queue.length === 0 && (run.unfiled.length === 0 || run.justRang);
  if (!mayRing || run.refusedRung === run.told) return false;
  const now = run.world.now();
  if (releaseBroken(run, now)) return true;
  const rung = run.process.dueRung(run.dossier, now);
  if (rung === undefined) return false;
  const { version } = run.dossier;
  noteOwn(run, rung, now);
  run.justRang = true;
  if (run.dossier.version > version) run.told += 1;
  else refusedToRing(run);
  return true;
}

/** A rung that the rules do not take would ring for ever: it waits until something was told. */
function refusedToRing<D extends Base>(run: Run<D>): void {
  run.refusedRung = run.told;
  const { seq, no } = run.dossier;
  openIncident(run, {
    of: `rung_refused:${seq}`,
    kind: 'rung_refused',
    detail: `a rung of ${no} was due and did not count`,
  });
}

/** Nothing is told, unfiled, under way or waiting for an operator: then another run may go on with the dossier alone. */
const mayBeHandedOn = <D extends Base>(run: Run<D>): boolean =>
  run.queue.length + run.answers.length + run.underWay.size + run.broken.size + run.opening === 0 &&
  run.world.historyIsLong();

async function handOn<D extends Base>({ world, dossier }: Run<D>): Promise<void> {
  await world.continueAsNew({ ...dossier, receivedIds: newestReceived(dossier.receivedIds) });
}

async function somethingToHappen<D extends Base>(run: Run<D>): Promise<void> {
  if (isHeld(run)) await run.world.wait(() => !isHeld(run));
  else {
    show(run);
    keepAlarm(run);
    await run.world.wait(() => run.queue.length > 0 || run.alarm?.rang() === true);
  }
  run.steps = 0;
}

/**
 * What an operator sees in the Temporal UI: how things stand when nothing more follows by itself. What lasts moments only,
 * while an effect answers, is not worth an event each time.
 */
function show<D extends Base>({ world, shown, dossier }: Run<D>): void {
  world.show({ details: shown.details(dossier), attributes: shown.attributes?.(dossier) });
}

/**
 * One alarm for everything that has a time. It is armed anew only for something earlier: one that rings before anything is
 * due costs one look, arming anew costs events each time.
 */
function keepAlarm<D extends Base>(run: Run<D>): void {
  const next = nextLook(run);
  const { alarm } = run;
  if (alarm?.rang() === false && (next === undefined || alarm.at <= next.at)) return;
  alarm?.stop();
  run.alarm = next === undefined ? undefined : run.world.timer(next.at, next.summary);
}

/** When there is next something to see by the clock. */
function nextLook<D extends Base>(run: Run<D>): { readonly at: string; readonly summary: string } | undefined {
  const rung = run.refusedRung === run.told ? undefined : nextAlarm(run.dossier.worklist);
  const [retry] = [...run.broken.values()].toSorted();
  if (retry !== undefined && (rung === undefined || retry < rung.at))
    return { at: retry, summary: `try again at ${retry}` };
  return rung === undefined ? undefined : { at: rung.at, summary: `${rung.of} at ${rung.at}` };
}
