// deepfield predict for domains that answer a file by a file: one file into another, or several and whole folders into a
// folder. A file that fails does not stop the others.
import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { readError } from '../../../core/files/read-error.ts';
import { writeError } from '../../../core/files/write-error.ts';
import type { AnsweredFile, EvaluateContext, FilePredictions } from '../../../domains/domain.ts';
import type { CliContext } from '../context.ts';

export interface PredictFilesOptions {
  readonly out?: string;
  readonly json?: boolean;
}

interface Asked {
  readonly files: string[];
  /** Whether a folder was among what was given. */
  readonly folder: boolean;
}

/** The files given, and those of the folders given that the domain accepts, in order of name. */
export async function filesOf(answers: FilePredictions<unknown>, given: readonly string[]): Promise<Asked> {
  const files: string[] = [];
  let folder = false;
  for (const path of given) {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isDirectory()) {
      files.push(path);
      continue;
    }
    folder = true;
    const names = await readdir(path).catch(async (error) => {
      throw await readError(error, path);
    });
    const own = names.filter((name) => answers.accepts(name)).sort();
    if (own.length === 0) {
      throw new UserError({ what: 'holds no file that can be answered', where: path, how: 'name the files' });
    }
    files.push(...own.map((name) => join(path, name)));
  }
  return { files, folder };
}

/** Where the answer to each file goes. @throws UserError when one would overwrite another, or what was asked about */
async function places(
  answers: FilePredictions<unknown>,
  { files, folder }: Asked,
  out: string | undefined,
  options: unknown,
): Promise<(string | undefined)[]> {
  if (out === undefined) return files.map(() => undefined);
  const isFolder = (await stat(out).catch(() => undefined))?.isDirectory() ?? false;
  const known = answers.endings.includes(extname(out).toLowerCase());
  if (!isFolder && !folder && files.length === 1 && known) {
    if (resolve(out) === resolve(files[0])) {
      throw new UserError({ what: 'is the file asked about', where: `--out ${out}`, how: 'name another' });
    }
    return [out];
  }
  if (!isFolder && known) {
    throw new UserError({
      what: 'several answers for one file',
      where: `--out ${out}`,
      how: 'give a folder',
    });
  }
  if (!isFolder && extname(out) !== '' && !folder && files.length === 1) {
    throw new UserError({
      what: 'unknown kind of file',
      where: `--out ${out}`,
      how: `end its name with ${answers.endings.join(' or ')}`,
    });
  }
  const names = files.map((file) => join(out, answers.nameOf(basename(file), options)));
  const asked = new Set(files.map((file) => resolve(file)));
  const own = names.find((name) => asked.has(resolve(name)));
  if (own !== undefined) {
    throw new UserError({
      what: `an answer would overwrite ${own}, which is asked about`,
      where: '--out',
      how: 'give another folder',
    });
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new UserError({ what: `two answers would be ${twice}`, where: '--out', how: 'ask in two calls' });
  }
  await mkdir(out, { recursive: true }).catch((error) => {
    throw writeError(error, out);
  });
  return names;
}

/** @throws UserError after all files were tried, when some failed */
export async function predictIntoFiles(
  cli: CliContext,
  answers: FilePredictions<unknown>,
  given: readonly string[],
  own: unknown,
  { out, json }: PredictFilesOptions,
  context: EvaluateContext<unknown>,
): Promise<void> {
  const asked = await filesOf(answers, given);
  const { files } = asked;
  const outs = await places(answers, asked, out, own);
  const answered: (AnsweredFile & { readonly file: string })[] = [];
  const failures: { readonly file: string; readonly error: UserError }[] = [];
  for (const [i, file] of files.entries()) {
    context.signal.throwIfAborted();
    try {
      const result = await answers.answer(file, outs[i], own, context);
      for (const warning of result.warnings) cli.log(`${file}: ${warning}`);
      const where = result.written.length > 0 ? ` -> ${result.written.join(', ')}` : '';
      cli.show(`${file}: ${result.text}${where}\n`, { json });
      answered.push({ file, ...result });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (files.length === 1) throw error;
      cli.log(`error: ${error.message}`);
      failures.push({ file, error });
    }
  }
  if (out === undefined && answered.length > 0) {
    cli.log(`nothing was written; --out takes a file (${answers.endings.join(', ')}) or a folder`);
  }
  if (json) {
    cli.showJson({
      predictions: answered.map(({ file, answer, written, warnings }) => ({
        file,
        written,
        warnings,
        answer,
      })),
      failures: failures.map(({ file, error }) => ({ file, error: error.message })),
    });
  }
  if (failures.length > 0) {
    const names = failures.map(({ file }) => file).join(', ');
    throw new UserError({ what: `${failures.length} of ${files.length} files failed: ${names}` });
  }
}
