import { randomUUID } from 'crypto';
import { renameSync, writeFileSync } from 'fs';
import { join } from 'path';

/** What a test has started. */
export interface Report {
  readonly processes: number[];
  readonly folder: string;
}

/** Tells whoever started Jest what is there, and waits to be interrupted. */
export async function reportAndWait(report: Report): Promise<void> {
  const file = join(process.env.REPORTS!, randomUUID());
  writeFileSync(file, JSON.stringify(report));
  renameSync(file, `${file}.json`);
  await new Promise((resolve) => setTimeout(resolve, 600_000));
}
