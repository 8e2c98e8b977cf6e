// The door of the expressions: cuts and derived variables that users write, as functions of columns. Own code since the
// libraries either evaluate more than arithmetic (member access, assignment, as expr-eval does) or only parse JavaScript.
export { type CompiledExpression, compileExpression, holds, type NumberArray } from './compile.ts';
export { type Expression, parseExpression } from './parse.ts';
