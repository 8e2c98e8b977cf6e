// A peer to measure against: a Python process that answers one line with one line. A benchmark whose peer is not
// installed says so and goes on without it.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Interpreter with the peers installed: `DEEPFIELD_PYTHON`, else python3. */
const python = process.env.DEEPFIELD_PYTHON ?? 'python3';

export class Peer {
  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly lines: AsyncIterator<string>,
    /** What the peer said of itself first: its version. */
    readonly version: string,
  ) {}

  /** Starts benchmarks/peers/<script>; undefined when it does not run here. */
  static async start(script: string, ...parameters: string[]): Promise<Peer | undefined> {
    const path = fileURLToPath(new URL(`peers/${script}`, import.meta.url));
    const child = spawn(python, [path, ...parameters], { stdio: ['pipe', 'pipe', 'pipe'] });
    child.on('error', () => {});
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await lines.next();
    return first.done ? undefined : new Peer(child, lines, first.value);
  }

  async ask(question: string): Promise<string> {
    this.child.stdin.write(`${question}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error('the peer stopped');
    return value;
  }

  stop(): void {
    this.child.kill();
  }
}
