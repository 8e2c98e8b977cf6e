// Holds answers to what /openapi.json says of them: the route, the status, the type, the schema.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { OpenApi } from '../../server/openapi/document.ts';

const escaped = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

/** Whether a path is one of a template: `/v2/models/a` of `/v2/models/{model}`. */
function fits(template: string, path: string): boolean {
  const pattern = template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(path);
}

export class Contract {
  private readonly ajv = new Ajv2020({ strict: false, validateFormats: false });

  constructor(private readonly document: OpenApi) {
    this.ajv.addSchema(document as unknown as Record<string, unknown>, 'openapi');
  }

  /** @throws Error saying what the document does not allow */
  check(method: string, path: string, status: number, type: string, body: () => unknown): void {
    const { paths } = this.document;
    const template = path in paths ? path : Object.keys(paths).find((each) => fits(each, path));
    if (template === undefined) {
      // What is at no path is told as everywhere.
      this.validate('#/components/schemas/Failure', body(), path);
      return;
    }
    const operation = paths[template][method.toLowerCase()];
    if (operation === undefined) {
      this.validate('#/components/schemas/Failure', body(), path);
      return;
    }
    const answer = status in operation.responses ? String(status) : 'default';
    const { content } = operation.responses[answer];
    const [plain] = type.split(';');
    const media = content?.[plain];
    if (media === undefined)
      throw new Error(`${method} ${template} ${answer} has no ${plain}, only ${Object.keys(content ?? {})}`);
    if (media.schema === undefined) return;
    const place = ['paths', template, method.toLowerCase(), 'responses', answer, 'content', plain, 'schema'];
    this.validate(`#/${place.map(escaped).join('/')}`, body(), `${method} ${path} ${status}`);
  }

  private validate(pointer: string, value: unknown, what: string): void {
    const encoded = pointer.split('/').map(encodeURIComponent).join('/').replace('%23', '#');
    const validate = this.ajv.getSchema(`openapi${encoded}`);
    if (validate === undefined) throw new Error(`${what}: no schema at ${pointer}`);
    if (validate(value) !== true) {
      throw new Error(
        `${what}: ${this.ajv.errorsText(validate.errors)}: ${JSON.stringify(value).slice(0, 500)}`,
      );
    }
  }
}
