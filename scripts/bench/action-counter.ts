/** The server's own count of billable Actions so far, over all workflows; undefined where it keeps none. */
export async function countedActions(metricsUrl: string): Promise<number | undefined> {
  const text = await (await fetch(metricsUrl)).text();
  const rows = [...text.matchAll(/^action(?:_total)?(?:\{[^}]*\})? (\S+)$/gm)];
  return rows.length === 0 ? undefined : rows.reduce((sum, [, value]) => sum + Number(value), 0);
}
