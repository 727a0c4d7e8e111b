import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { reportAndWait } from './report';

test('a folder is there', async () => {
  await reportAndWait({ processes: [process.pid], folder: mkdtempSync(join(tmpdir(), 'endless-')) });
}, 600_000);
