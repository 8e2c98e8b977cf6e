// The runs that are served, by domain and version, and their networks by name. It looks at the runs again and again, so that new
// and changed ones are picked up; what a request was given stays as it was until it is answered.
import { basename } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import { listRuns } from '../../pipelines/run-directory/find-run.ts';
import { type RunLayout, runLayout } from '../../pipelines/run-directory/layout.ts';
import { readStatus } from '../../pipelines/run-directory/run-status.ts';
import { HttpError } from '../http-error.ts';
import type { RunFacts } from './run-facts.ts';
import { runStamp } from './run-stamp.ts';
import { modelName, type ServedModel, type Version } from './version.ts';

export interface CatalogueOptions {
  /** Run directories; every finished run under `runs` when there are none. */
  readonly named: readonly RunLayout[];
  /** Folder of runs. */
  readonly runs: string;
  describe(run: { readonly root: string; readonly stamp: string }): Promise<RunFacts>;
  /** Told of runs that cannot be served, and of those that are. */
  onChange(change: { readonly root: string; readonly error?: unknown }): void;
}

/** Names that an error lists. */
const mostListed = 8;

const notFound = (kind: string, name: string, known: readonly string[]): HttpError => {
  const near = nearest(name, known);
  const some = known.slice(0, mostListed).join(', ') || 'none';
  const more = known.length > mostListed ? ` and ${known.length - mostListed} more` : '';
  const how = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are: ${some}${more}`;
  return new HttpError('not found', `no ${kind} ${JSON.stringify(name.slice(0, 100))}; ${how}`);
};

export class Catalogue {
  private known = new Map<string, { readonly stamp: string; readonly facts?: RunFacts }>();
  private byDomain = new Map<string, readonly Version[]>();
  private byModel = new Map<string, readonly ServedModel[]>();
  /** Changes with everything that is served. */
  edition = 0;

  constructor(private readonly options: CatalogueOptions) {}

  get domains(): readonly string[] {
    return [...this.byDomain.keys()];
  }

  get models(): readonly string[] {
    return [...this.byModel.keys()];
  }

  /** Networks with all their versions, each counted once. */
  get networkCount(): number {
    return [...this.byDomain.values()].flat().reduce((sum, { facts }) => sum + facts.networks.length, 0);
  }

  /** Versions of a domain, newest first. @throws HttpError for an unknown domain */
  versionsOf(domain: string): readonly Version[] {
    const found = this.byDomain.get(domain);
    if (found === undefined) throw notFound('domain', domain, this.domains);
    return found;
  }

  /** The version of that name; the newest without one, and for `latest`. @throws HttpError when there is none */
  version(domain: string, name?: string): Version {
    const versions = this.versionsOf(domain);
    if (name === undefined) return versions[0];
    const found = versions.find((version) => version.name === name);
    if (found !== undefined) return found;
    if (name === 'latest') return versions[0];
    throw notFound(
      `version of ${domain}`,
      name,
      versions.map((version) => version.name),
    );
  }

  /** Versions of a network, newest first. @throws HttpError for an unknown one */
  versionsOfModel(model: string): readonly ServedModel[] {
    const found = this.byModel.get(model);
    if (found === undefined) throw notFound('model', model, this.models);
    return found;
  }

  /** @throws HttpError when there is no such model or version */
  model(model: string, name?: string): ServedModel {
    const versions = this.versionsOfModel(model);
    if (name === undefined) return versions[0];
    const found = versions.find(({ version }) => version.name === name);
    if (found !== undefined) return found;
    throw notFound(
      `version of ${model}`,
      name,
      versions.map(({ version }) => version.name),
    );
  }

  /** Looks at the runs. Calls must not overlap. */
  async refresh(): Promise<void> {
    const { named, runs, describe, onChange } = this.options;
    const all = named.length > 0 ? named : (await listRuns(runs)).map(runLayout);
    const before = this.known;
    const now: typeof this.known = new Map();
    let changed = false;
    for (const paths of all) {
      const { root } = paths;
      const stamp = await runStamp(paths);
      const old = before.get(root);
      if (old?.stamp === stamp) {
        now.set(root, old);
        continue;
      }
      changed = true;
      try {
        const served = old?.facts !== undefined || named.length > 0 || (await this.isFinished(paths));
        const facts = served ? await describe({ root, stamp }) : undefined;
        now.set(root, { stamp, ...(facts ? { facts } : {}) });
        if (facts) onChange({ root });
      } catch (error) {
        now.set(root, { stamp });
        onChange({ root, error });
      }
    }
    this.known = now;
    if (changed || before.size !== now.size) this.index(all);
  }

  private async isFinished(paths: RunLayout): Promise<boolean> {
    try {
      return (await readStatus(paths)).finished.evaluate !== undefined;
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  }

  private index(all: readonly RunLayout[]): void {
    const byDomain = new Map<string, Version[]>();
    for (const paths of all) {
      const { stamp, facts } = this.known.get(paths.root) ?? {};
      if (facts === undefined || stamp === undefined) continue;
      const own = byDomain.get(facts.domain.name) ?? [];
      byDomain.set(facts.domain.name, own);
      own.push({ paths, run: { root: paths.root, stamp }, facts, name: basename(paths.root) });
    }
    for (const [domain, versions] of byDomain) {
      versions.sort((a, b) => (a.facts.created < b.facts.created ? 1 : -1));
      byDomain.set(domain, versions.map(withOwnName));
    }
    const byModel = new Map<string, ServedModel[]>();
    const add = (name: string, model: ServedModel): void => {
      byModel.set(name, [...(byModel.get(name) ?? []), model]);
    };
    for (const [domain, versions] of byDomain) {
      for (const version of versions) {
        for (const network of version.facts.networks) {
          if (network.primary) add(domain, { version, network });
          add(modelName(domain, network.id), { version, network });
        }
      }
    }
    this.byDomain = byDomain;
    this.byModel = byModel;
    this.edition++;
  }
}

/** Directories of one name in different folders are told apart by a number. */
function withOwnName(version: Version, index: number, all: readonly Version[]): Version {
  const plain = version.name.replace(/[^\w.-]/g, '-');
  const before = all.slice(0, index).filter(({ name }) => name.replace(/[^\w.-]/g, '-') === plain).length;
  return { ...version, name: before === 0 ? plain : `${plain}-${before + 1}` };
}
