import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { readError } from '../../../core/files/read-error.ts';

const told = async (path: string) => {
  const error = await readFile(path).catch((error) => readError(error, path));
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
};

describe('readError', () => {
  it('suggests the names that are there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'read-error-'));
    await mkdir(join(folder, 'lattices'));
    await writeFile(join(folder, 'spins.npy'), '');
    expect(await told(join(folder, 'spin.npy'))).toBe(
      `${folder}/spin.npy: no such file or folder; did you mean ${folder}/spins.npy?`,
    );
    expect(await told(join(folder, 'latices', 'a.npy'))).toContain(`did you mean ${folder}/lattices?`);
    expect(await told(join(folder, 'other', 'a.npy'))).toContain(`there is no ${folder}/other`);
    expect(await told(join(folder, 'zzzzzz'))).toContain('check the name');
    expect(await told(join(folder, 'spins.npy', 'a'))).toContain('no such file or folder');
    expect(await told(join(folder, 'lattices'))).toContain('is a folder');
  });

  it.each(['EACCES', 'EPERM', 'EIO', 'ENAMETOOLONG', 'ELOOP'])('%s is the user’s to mend', async (code) => {
    expect(await readError(Object.assign(new Error(code), { code }), 'a')).toBeInstanceOf(UserError);
  });

  it('leaves a bug as it is', async () => {
    const bug = new TypeError('bug');
    expect(await readError(bug, 'a')).toBe(bug);
    expect(await readError(undefined, 'a')).toBe(undefined);
  });
});
