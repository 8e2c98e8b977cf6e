// The names of an event mapping bound to a table: each is a column, a derived variable or an expression of them.
import { UserError } from '../../core/errors.ts';
import { type CompiledExpression, compileExpression, type NumberArray } from '../expressions/index.ts';
import type { Table } from './table.ts';

/** The numbers of one name in a block. */
export interface BoundColumn {
  readonly name: string;
  /** Columns of the table that it needs. */
  readonly needs: readonly string[];
  evaluate(columns: Readonly<Record<string, NumberArray>>, rows: number): NumberArray;
}

/** Elements of jagged arrays that texts mention: any index is a column, though only the first are listed. */
function mentionedElements({ arrays }: Table, texts: readonly string[]): string[] {
  if (arrays === undefined) return [];
  const found = new Set<string>();
  for (const text of texts) {
    for (const [element, array] of text.matchAll(/([A-Za-z_][\w.]*)\[\d+\]/g)) {
      if (arrays.has(array)) found.add(element);
    }
  }
  return [...found];
}

/** Binds names and expressions to the columns of a table. */
export class ColumnBinder {
  private readonly columns: ReadonlySet<string>;
  private readonly known: string[];
  private readonly derived = new Map<string, BoundColumn>();

  /** @param texts all names and expressions that will be bound */
  constructor(
    private readonly table: Table,
    texts: readonly string[],
  ) {
    const elements = mentionedElements(table, texts);
    this.columns = new Set([...table.columns, ...elements]);
    this.known = [...this.columns];
  }

  /** Adds a derived variable, which may use those before it. @throws UserError when a column has its name */
  derive(name: string, text: string): void {
    if (this.columns.has(name) || this.derived.has(name)) {
      throw new UserError({
        what: `derived variable ${name} has the name of a column`,
        where: this.table.name,
        how: 'give it another name',
      });
    }
    this.derived.set(name, { ...this.expression(text), name });
    this.known.push(name);
  }

  /** @throws UserError for an unknown name (with near ones) and for what is no expression */
  bind(text: string): BoundColumn {
    const name = text.trim();
    if (this.columns.has(name)) return { name, needs: [name], evaluate: (columns) => columns[name] };
    return this.derived.get(name) ?? this.expression(text);
  }

  private expression(text: string): BoundColumn {
    const compiled: CompiledExpression = compileExpression(text, this.known);
    const inner = compiled.columns
      .filter((name) => !this.columns.has(name))
      .map((name) => this.derived.get(name)!);
    const own = compiled.columns.filter((name) => this.columns.has(name));
    return {
      name: text,
      needs: [...new Set([...own, ...inner.flatMap(({ needs }) => needs)])],
      evaluate(columns, rows) {
        if (inner.length === 0) return compiled.evaluate(columns, rows);
        const all = { ...columns };
        for (const variable of inner) all[variable.name] = variable.evaluate(columns, rows);
        return compiled.evaluate(all, rows);
      },
    };
  }
}
