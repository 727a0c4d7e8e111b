import { execFileSync, spawn } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';

const servers = new Set<GitServer>();
if (typeof afterAll === 'function') afterAll(() => [...servers].forEach((server) => server.stop()));

/** A Git repository with one branch, `main`, which is served over HTTP on loopback as Git's own program does it. */
export class GitServer {
  public static async start(): Promise<GitServer> {
    const server = new GitServer();
    await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** What is committed next. */
  public readonly worktree: string;
  private readonly root = mkdtempSync(join(tmpdir(), 'git-'));
  private readonly http: Server;

  private constructor() {
    this.worktree = join(this.root, 'repository');
    this.git(this.root, 'init', '--quiet', '--initial-branch=main', this.worktree);
    this.http = createServer((request, response) => this.serve(request, response));
    servers.add(this);
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}/repository/.git`;
  }

  /** Commits all files of the worktree, and gives the commit. */
  public commit(message: string): string {
    this.git(this.worktree, 'add', '--all');
    this.git(this.worktree, '-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message', message);
    return this.git(this.worktree, 'rev-parse', 'HEAD').trim();
  }

  public stop(): void {
    servers.delete(this);
    this.http.closeAllConnections();
    this.http.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  private git(folder: string, ...args: string[]): string {
    return execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' } });
  }

  /** The Common Gateway Interface, in which `git http-backend` speaks: headers and a blank line before the body. */
  private serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url!, 'http://git');
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: this.root,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: `${request.headers['git-protocol'] ?? ''}`,
        REQUEST_METHOD: request.method,
        PATH_INFO: pathname,
        QUERY_STRING: `${searchParams}`,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    request.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const answer = Buffer.concat(chunks);
      const end = answer.indexOf('\r\n\r\n');
      const headers = answer.subarray(0, end).toString().split('\r\n').map((line) => line.split(': ') as [string, string]);
      for (const [name, value] of headers) if (name !== 'Status') response.setHeader(name, value);
      response.statusCode = Number.parseInt(headers.find(([name]) => name === 'Status')?.[1] ?? '200', 10);
      response.end(answer.subarray(end + 4));
    });
  }
}
