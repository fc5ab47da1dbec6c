/** Tells on stderr how far the orders are: a bar on a terminal, a line now and then in a file. */
export interface ProgressBar {
  step(): void;
  end(): void;
}

const width = 30;
/** A terminal is redrawn at most this often; a file gets a line per twentieth. */
const redrawMs = 100;

/** A bar over `total` orders. */
export function progressBar(total: number, out: NodeJS.WriteStream = process.stderr): ProgressBar {
  const startedAt = Date.now();
  let done = 0;
  let drawnAt = 0;
  let twentieth = 0;
  const draw = (): void => {
    const seconds = (Date.now() - startedAt) / 1000;
    const filled = Math.round((done / total) * width);
    const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
    const left = done === 0 ? '' : `  ${clock((seconds / done) * (total - done))} left`;
    const line = `${bar} ${done}/${total} orders  ${clock(seconds)}  ${(done / seconds).toFixed(1)}/s${left}`;
    out.write(out.isTTY ? `\r\u001B[2K${line}` : `${line}\n`);
  };
  return {
    step: () => {
      done++;
      const now = Date.now();
      const reached = Math.floor((done / total) * 20);
      if (out.isTTY ? now - drawnAt < redrawMs : reached === twentieth) return;
      drawnAt = now;
      twentieth = reached;
      draw();
    },
    end: () => {
      if (!out.isTTY) return;
      draw();
      out.write('\n');
    },
  };
}

const clock = (seconds: number): string => {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};
