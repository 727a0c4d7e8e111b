import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** A certificate that is its own authority, for localhost and 127.0.0.1, as PEM; made by the program that comes with Go for this purpose. */
export function selfSigned(): { readonly cert: string; readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  try {
    const goRoot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
    const generator = join(goRoot, 'src/crypto/tls/generate_cert.go');
    execFileSync('go', ['run', generator, '--host', 'localhost,127.0.0.1', '--ca', '--ecdsa-curve', 'P256'], { cwd: folder, stdio: 'pipe' });
    return { cert: readFileSync(join(folder, 'cert.pem'), 'utf8'), key: readFileSync(join(folder, 'key.pem'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
