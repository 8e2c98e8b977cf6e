// YAML (and JSON, which is YAML) from people: whatever is wrong with it is their mistake and told in a line.
import { parse, YAMLParseError } from 'yaml';
import { UserError } from '../../core/errors.ts';

/**
 * Parses one YAML document.
 * @param where place that an error names; @param how how to mend it
 * @throws UserError
 */
export function parseYaml(text: string, where: string, how: string): unknown {
  try {
    return parse(text, { logLevel: 'error' });
  } catch (cause) {
    // A ReferenceError is an alias that names no anchor, or a document that would explode.
    if (!(cause instanceof YAMLParseError || cause instanceof ReferenceError)) throw cause;
    const [line] = cause.message.split('\n');
    throw new UserError({ what: `not valid YAML: ${line.replace(/:$/, '')}`, where, how, cause });
  }
}
