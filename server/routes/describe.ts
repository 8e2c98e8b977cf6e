// Domains and runs as they are told over HTTP, from what the catalogue knows.
import type { z } from 'zod';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { modelName, type Version } from '../catalogue/version.ts';
import type { domain as domainSchema } from '../schemas/domains.ts';
import type { runSummary as runSchema } from '../schemas/runs.ts';
import { mediaTypesOf } from '../uploads/media-types.ts';

export function describeDomain(
  catalogue: Catalogue,
  { name: version, facts }: Version,
): z.infer<typeof domainSchema> {
  const { files, ...own } = facts.domain;
  const versions = catalogue.versionsOf(own.name);
  return {
    ...own,
    reads: [...own.reads],
    version,
    versions: versions.map(({ name, facts: { created } }, i) => ({
      version: name,
      default: i === 0,
      created,
    })),
    predict: `/api/${own.name}/predict`,
    examples: [...facts.examples],
    answersAsFiles: files
      ? {
          endings: [...files.endings],
          mediaTypes: mediaTypesOf(files.endings),
          options: files.options ?? null,
        }
      : null,
  };
}

export function summariseRun(catalogue: Catalogue, { name, facts }: Version): z.infer<typeof runSchema> {
  const { domain, created, preset, seed, source, networks } = facts;
  return {
    domain: domain.name,
    version: name,
    default: catalogue.version(domain.name).name === name,
    title: domain.title,
    created,
    preset,
    seed,
    source,
    networks: networks.map(({ id, bytes, primary }) => ({
      id,
      model: modelName(domain.name, id),
      bytes,
      primary,
    })),
  };
}
