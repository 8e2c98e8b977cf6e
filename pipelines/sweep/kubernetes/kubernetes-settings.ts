// What a cluster wants to know of a Job, as `--kubernetes key=value` or a YAML file. What a name or a quantity looks like is checked
// here (Kubernetes, "Object Names and IDs" and "Quantity"); whether there is such a claim or such an image, the cluster says itself.
import { isAbsolute, normalize } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../../core/errors.ts';
import { launcherSettings, word } from '../launcher-settings.ts';

const flag = '--kubernetes';

const name = word.refine((text) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text), {
  message: 'expected small letters, digits and "-"',
});

const kubernetesSchema = z.strictObject({
  claim: word
    .refine((text) => /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(text), {
      message: 'expected the name of a PersistentVolumeClaim',
    })
    .optional()
    .describe('claim of the volume that this machine and the pods share'),
  image: word
    .refine((text) => !/\s/.test(text), { message: 'expected an image, as registry/name:tag' })
    .optional()
    .describe('image that has deepfield'),
  namespace: name.optional().describe('namespace; that of kubectl when left out'),
  mount: word
    .refine((text) => isAbsolute(text), { message: 'expected an absolute path' })
    .transform((text) => normalize(text).replace(/(.)\/$/, '$1'))
    .optional()
    .describe("where the volume stands, here and in the pods: the batch's own folder when left out"),
  subpath: word
    .refine((text) => !isAbsolute(text) && !text.split('/').includes('..'), {
      message: 'expected a path inside the volume',
    })
    .optional()
    .describe('the folder of the volume that stands there; all of it when left out'),
  cpus: z.int().positive().optional().describe('processors of each run; also its threads'),
  memory: word
    .refine((text) => /^\d+(\.\d+)?([KMGT]i|[kMGT])?$/.test(text), { message: 'expected a size such as 4Gi' })
    .optional()
    .describe('memory of each run: 4Gi'),
  gpus: word
    .refine((text) => /^([a-z0-9.-]+\/[a-z0-9.-]+:)?[1-9]\d*$/.test(text), {
      message: 'expected a number, or one such as amd.com/gpu:1',
    })
    .optional()
    .describe('graphics cards of each run: 1, or amd.com/gpu:1'),
  backoff: z.int().min(0).max(100).default(1).describe('further attempts at a run that failed'),
  program: word.default('npx deepfield').describe('shell words that start deepfield in a pod'),
});
export type KubernetesSettings = z.output<typeof kubernetesSchema> & {
  readonly claim: string;
  readonly image: string;
};

/**
 * @param given `key=value`, or the path of a YAML file, each; later ones win
 * @throws UserError for an unknown key, with the nearest, for a value that is not taken, and for a claim or image that is not given
 */
export async function kubernetesSettings(given: readonly string[]): Promise<KubernetesSettings> {
  const settings = await launcherSettings(kubernetesSchema, given, { flag, owner: "Kubernetes'" });
  const { claim, image } = settings;
  if (claim === undefined)
    throw new UserError({
      what: 'no shared volume is named',
      where: flag,
      how: `add ${flag} claim=my-claim`,
    });
  if (image === undefined)
    throw new UserError({
      what: 'no image is named',
      where: flag,
      how: `add ${flag} image=registry/deepfield:tag`,
    });
  return { ...settings, claim, image };
}
