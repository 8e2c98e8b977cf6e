// The verb `serve` and its flags. What it does is loaded when it is called, so that help is quick.
import { type Command, InvalidArgumentError } from 'commander';
import type { CliContext } from '../../pipelines/cli/context.ts';
import { collect, wholeNumber, withDomains } from '../../pipelines/cli/program.ts';

const examples = (domain: string): string => `
Examples:
  npx deepfield serve
      every finished run under runs/, at http://127.0.0.1:8000
  npx deepfield serve runs/${domain}/20260131T120509Z-1 --port 9000
      one run, at another port
  npx deepfield serve --host 0.0.0.0 --api-key-file keys.txt
      for other machines too, with a key (a line of the file each)

The page is at /, the interface described at /docs, the Open Inference Protocol at /v2,
metrics at /metrics. Runs that are finished or changed later are picked up. Ctrl-C lets
requests end and stops.
`;

function seconds(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= least && value <= 86_400) return value;
    throw new InvalidArgumentError(`Expected a number from ${least} to 86400.`);
  };
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];

function level(text: string): string {
  if (levels.includes(text)) return text;
  throw new InvalidArgumentError(`Expected one of ${levels.join(', ')}.`);
}

export function addServe(program: Command, cli: CliContext): void {
  withDomains(program.command('serve [run...]'), cli)
    .description('answer requests over HTTP, with a page for the browser')
    .option('--host <name>', 'address to listen at; beyond this machine with a key only (default: 127.0.0.1)')
    .option('--port <n>', 'port, 0 for any that is free (default: 8000)', wholeNumber(0, 65_535))
    .option('--api-key-file <file>', 'keys that requests must come with, one a line, 16 letters or more')
    .option('--no-auth', 'ask for no key though other machines can reach the server')
    .option(
      '--workers <n>',
      'threads that networks run in (default: processors less one, at least 2)',
      wholeNumber(1, 256),
    )
    .option('--max-batch <n>', 'requests that run together at most (default: 64)', wholeNumber(1, 4096))
    .option(
      '--max-wait <ms>',
      'milliseconds a request waits for others to run with (default: 0)',
      wholeNumber(0, 10_000),
    )
    .option(
      '--max-queue <n>',
      'requests that wait at most; more are told to come again (default: 256)',
      wholeNumber(1, 1_000_000),
    )
    .option('--deadline <s>', 'seconds until a request is given up (default: 60)', seconds(0.01))
    .option(
      '--rate-limit <n>',
      'requests a minute from one address (default: any number)',
      wholeNumber(1, 1_000_000),
    )
    .option(
      '--cors <origin>',
      'a page elsewhere that may ask, https://lab.example; repeatable (default: none)',
      collect,
    )
    .option('--max-body <MiB>', 'largest request of JSON or tensors (default: 32)', wholeNumber(1, 2048))
    .option('--max-upload <MiB>', 'largest file (default: 256)', wholeNumber(1, 65_536))
    .option('--max-unpacked <MiB>', 'what a file may unpack to (default: 1024)', wholeNumber(1, 65_536))
    .option(
      '--max-memory <MiB>',
      'what waiting requests may take together (default: 512)',
      wholeNumber(1, 65_536),
    )
    .option('--drain <s>', 'seconds that requests are given to end when it stops (default: 30)', seconds(0))
    .option('--log-level <name>', `what is logged: ${levels.join(', ')} (default: info)`, level)
    .option('--verbose', 'show the cause of an error too')
    .addHelpText('after', examples(cli.registry[0].name))
    .action(async (runs, options) => (await import('./serve.ts')).serve(cli, runs, options));
}
