/** Options of Vitest: where the suite that runs the specs wants to know what became of them (`SpecReport.cs`). */
export function specReport(): { reporters: string[]; outputFile?: { json: string } } {
  const file = process.env.MYRIADSYNC_SPEC_REPORT;
  return file ? { reporters: ['default', 'json'], outputFile: { json: file } } : { reporters: ['default'] };
}
